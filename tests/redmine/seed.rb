# Fills a new Redmine for tests: `rails runner seed.rb`, once per database. Nothing is random.
#
# Users (password = LOGIN-pass-1): admin, alice, bob. Alice's open issues by Tallykey's counts:
#   assigned 15, overdue 6, due today 2, created 14, watched 4, all visible 22, closed in 7 days 3
# Anonymous visitors see 19 open: a token that the server does not know gives a wrong number, not an error.

User.current = User.find_by!(login: 'admin')
ActionMailer::Base.perform_deliveries = false

{ rest_api_enabled: '1', login_required: '0', default_language: 'en', protocol: 'http',
  host_name: ENV.fetch('SEED_HOST') }.each { |name, value| Setting[name] = value }

def user(login, first, last, **more)
  person = User.find_by(login: login) || User.new(login: login)
  person.assign_attributes(firstname: first, lastname: last, mail: "#{login}@example.net", language: 'en',
                           status: User::STATUS_ACTIVE, must_change_passwd: false, mail_notification: 'none', **more)
  person.password = person.password_confirmation = "#{login}-pass-1"
  person.save!
  person
end

ADMIN = user('admin', 'Redmine', 'Admin', admin: true)
ALICE = user('alice', 'Alice', 'Liddell')
BOB   = user('bob', 'Bob', 'Builder')

def project(identifier, name, open_to_all, members)
  made = Project.new(name: name, is_public: open_to_all)
  made.identifier = identifier
  made.enabled_module_names = %w[issue_tracking time_tracking]
  made.trackers = Tracker.all.to_a
  made.save!
  members.each { |person, role| Member.create!(project: made, principal: person, roles: [Role.find_by!(name: role)]) }
  made
end

HARBOUR    = project('harbour', 'Harbour', true, { ALICE => 'Developer', BOB => 'Reporter', ADMIN => 'Manager' })
LIGHTHOUSE = project('lighthouse', 'Lighthouse', false, { ALICE => 'Developer', BOB => 'Manager' })
VAULT      = project('vault', 'Vault', false, { BOB => 'Manager' })

# One issue per element of `due` (and of `closed`): days from today, nil for none.
def issues(project, subject, status:, by:, to: nil, due: [nil], closed: [], watched_by: nil)
  due.zip(closed).each_with_index do |(due_in, closed_in), index|
    issue = Issue.new(project: project, tracker: Tracker.find_by!(name: 'Bug'), subject: "#{subject} #{index + 1}",
                      author: by, assigned_to: to, status: IssueStatus.find_by!(name: status),
                      priority: IssuePriority.find_by!(name: 'Normal'))
    issue.notify = false
    issue.save!
    issue.add_watcher(watched_by) if watched_by
    # Past dates are refused or overwritten by callbacks, so they go around them.
    Issue.where(id: issue.id).update_all(created_on: 40.days.ago, updated_on: 1.day.ago, start_date: 40.days.ago,
                                         due_date: due_in && Date.current + due_in,
                                         closed_on: closed_in && Time.current + closed_in.days)
  end
end

issues HARBOUR,    'Crane inspection is late', status: 'New', by: BOB, to: ALICE, due: [-9, -7, -5, -3, -2]
issues HARBOUR,    'Tide table due yesterday', status: 'New', by: ALICE, to: ALICE, due: [-1]
issues HARBOUR,    'Mooring plan due today',   status: 'New', by: BOB, to: ALICE, due: [0, 0]
issues HARBOUR,    'Repaint the quay',         status: 'In Progress', by: ALICE, to: ALICE, due: [1, 7, 14, 30]
issues LIGHTHOUSE, 'Replace the lens',         status: 'Feedback', by: ALICE, to: ALICE, due: [nil] * 3
issues HARBOUR,    'Bob is late with ropes',   status: 'New', by: ALICE, to: BOB, due: [-1] * 4, watched_by: ALICE
issues HARBOUR,    'Nobody wants this',        status: 'New', by: ALICE, due: [nil] * 2
issues HARBOUR,    'Nobody knows this',        status: 'New', by: BOB
issues LIGHTHOUSE, 'Closed this week',         status: 'Closed', by: BOB, to: ALICE, due: [nil] * 3, closed: [-1, -3, -6]
issues LIGHTHOUSE, 'Closed long ago',          status: 'Closed', by: ALICE, to: ALICE, due: [-20] * 4, closed: [-9, -12, -20, -30]
issues VAULT,      'Hidden from Alice',        status: 'New', by: BOB, to: BOB, due: [-1] * 4

# The server's own form always adds the public permissions to an application's scopes.
PUBLIC = Redmine::AccessControl.public_permissions.map { |permission| permission.name.to_s }

def application(name, uid, scopes, redirects = %w[http://127.0.0.1/callback urn:ietf:wg:oauth:2.0:oob])
  app = Doorkeeper::Application.new(name: name, uid: uid, scopes: (PUBLIC | scopes).join(' '), confidential: true,
                                    redirect_uri: redirects.join("\n"))
  app.secret = Doorkeeper.config.application_secret_strategy.transform_secret("#{uid}-secret")
  app.save!
end

application 'Tallykey',          'tallykey-read',   %w[view_issues]
application 'Tallykey (writes)', 'tallykey-write',  %w[view_issues add_issues edit_issues add_issue_notes]
application 'Tallykey (narrow)', 'tallykey-narrow', []
application 'Tallykey (no path)', 'tallykey-bare', %w[view_issues], %w[http://127.0.0.1]
