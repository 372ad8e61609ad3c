//! The signals that whoever started the program wants it to live through, as `nohup` does.

/// Whether a signal was ignored when the program was started, and shall stay so.
#[cfg(target_os = "linux")]
pub fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    ignored & (1 << (signal - 1)) != 0
}

/// Elsewhere only unsafe code could ask.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn is_ignored(_: i32) -> bool {
    false
}
