/** The steps inside the wizard; the fourth, Connect, is the connect dialog. */
export const steps = ['product', 'address', 'registration'] as const;

export type WizardStep = (typeof steps)[number];
