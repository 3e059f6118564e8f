//! How much memory does the machine have?

use std::fs;

/// What is taken where the system does not tell, in bytes.
const UNKNOWN: u64 = 1 << 30;

/// The memory that this process may come to use, in bytes: that of the machine, or of the control
/// group that it runs in, if that is less. Only Linux tells.
pub(super) fn memory() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo");
    let machine = machine.ok().and_then(|text| total(&text));
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max");
    let group = group.ok().and_then(|text| text.trim().parse().ok());
    machine.into_iter().chain(group).min().unwrap_or(UNKNOWN)
}

/// The total of `/proc/meminfo`.
fn total(text: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read() {
        let text = "MemTotal:       24585388 kB\nMemFree:        19000000 kB\n";
        assert_eq!(total(text), Some(24_585_388 * 1024));
        assert_eq!(total("MemFree: 1 kB"), None);
        assert!(memory() > 16 << 20);
    }
}
