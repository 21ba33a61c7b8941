//! Recognises IP addresses that do not belong to a public host: this machine, its networks, and addresses that belong
//! to no single host. A page on the public internet has no business directing a user there (server-side request
//! forgery, OWASP).

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use thiserror::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// IPv4 blocks that belong to no host of the public internet, each as its first address and its prefix length: all entries
/// of the IANA IPv4 Special-Purpose Address Registry, compared with its CSV file of 2026-07-18, and multicast (RFC 5771).
/// Entries inside a wider block are left out. Blocks of services that are reachable globally, such as AS112, are included,
/// because none of them publishes news.
const SPECIAL_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::UNSPECIFIED, 8),           // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private use
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared, carrier-grade NAT
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private use
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // IETF protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24), // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24), // automatic multicast tunneling
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // 6to4 relays, deprecated
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private use
    (Ipv4Addr::new(192, 175, 48, 0), 24), // AS112, direct delegation
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved, and limited broadcast
];

/// The IPv6 block from which public hosts have their addresses (RFC 4291, section 2.4, and the IANA IPv6 Address Space
/// registry). Addresses outside it are local unless they embed a public IPv4 address. Unassigned blocks are then refused,
/// too, which matters because private mesh networks use some of them.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// IPv6 blocks in [`GLOBAL_UNICAST`] that belong to no host of the public internet, in the form of [`SPECIAL_V4`]: all
/// entries of the IANA IPv6 Special-Purpose Address Registry in that block, compared with its CSV file of 2026-07-18,
/// except 6to4, which is in [`EMBEDDING`].
const SPECIAL_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // IETF protocol assignments, with Teredo, ORCHID and benchmarks
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112, direct delegation
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// IPv6 blocks whose addresses embed an IPv4 address, which is judged in their place because public hosts have such
/// addresses in networks with NAT64: first address, prefix length, and the segment with the first half of the IPv4 address.
const EMBEDDING: &[(Ipv6Addr, u32, usize)] = &[
    (Ipv6Addr::UNSPECIFIED, 96, 6),                         // IPv4-compatible, deprecated
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 6),    // IPv4-mapped
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, 6),    // IPv4-translated (RFC 2765)
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, 6), // IPv4/IPv6 translation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 1),    // 6to4
];

/// Returns whether an IP address is local: it does not belong to a host on the public internet. Addresses in the blocks of
/// the special-purpose registries (RFC 6890) are local, and so are IPv6 addresses that embed a local IPv4 address or are
/// not global unicast.
#[must_use]
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => is_local_v6(address),
    }
}

fn is_local_v4(address: Ipv4Addr) -> bool {
    SPECIAL_V4.iter().any(|(first, length)| (address.to_bits() ^ first.to_bits()) >> (32 - length) == 0)
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    let is_in = |(first, length): (Ipv6Addr, u32)| (address.to_bits() ^ first.to_bits()) >> (128 - length) == 0;
    let segments = address.segments();
    let embedded = |at: usize| {
        let half = |at: usize| u32::from(segments.get(at).copied().unwrap_or_default());
        Ipv4Addr::from_bits(half(at) << 16 | half(at + 1))
    };
    match EMBEDDING.iter().find(|(first, length, _)| is_in((*first, *length))) {
        Some((_, _, at)) => is_local_v4(embedded(*at)),
        None => !is_in(GLOBAL_UNICAST) || SPECIAL_V6.iter().copied().any(is_in),
    }
}

/// Error for a host that resolves to a local IP address, although the user did not request a local host.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("its address {0} is on this machine or its local network")]
pub(crate) struct LocalAddress(pub IpAddr);

/// Error for a host that resolves to a public IP address, although the connection would not be encrypted.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the connection to {0} would not be encrypted")]
pub(crate) struct PublicAddress(pub IpAddr);

/// Resolver that rejects hosts with local IP addresses. The connection is made to the addresses returned here, so a
/// name that resolves differently the next time (DNS rebinding) has no effect.
#[derive(Debug)]
pub(crate) struct LocalAddressGuard {
    inner: DefaultResolver,
    /// Whether local IP addresses are allowed.
    allow_local: bool,
    /// Whether public IP addresses are allowed.
    allow_public: bool,
}

impl LocalAddressGuard {
    /// Creates a resolver that allows or rejects local IP addresses.
    #[must_use]
    pub(crate) fn new(allow_local: bool) -> Self {
        Self { inner: DefaultResolver::default(), allow_local, allow_public: true }
    }

    /// Creates a resolver that rejects public IP addresses as well, for requests that nobody on the way may read.
    #[must_use]
    pub(crate) fn without_public(allow_local: bool) -> Self {
        Self { allow_public: false, ..Self::new(allow_local) }
    }
}

impl Resolver for LocalAddressGuard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if let Some(address) = found.iter().map(SocketAddr::ip).find(|address| !is_local(*address))
            && !self.allow_public
        {
            return Err(ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, PublicAddress(address))));
        }
        let local = found.iter().map(SocketAddr::ip).find(|address| is_local(*address));
        match local {
            // Reject the host even if only one of its addresses is local, since nobody publishes a local address by
            // mistake.
            Some(address) if !self.allow_local => {
                Err(ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, LocalAddress(address))))
            }
            _ => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(address: &str) -> bool {
        is_local(address.parse().unwrap())
    }

    /// Returns the first and the last address of a block, such as `10.0.0.0/8`.
    fn ends(block: &str) -> [IpAddr; 2] {
        let (first, length) = block.split_once('/').unwrap();
        let length: u32 = length.parse().unwrap();
        match first.parse().unwrap() {
            IpAddr::V4(first) => {
                let rest = u32::MAX.checked_shr(length).unwrap_or_default();
                [first.into(), Ipv4Addr::from_bits(first.to_bits() | rest).into()]
            }
            IpAddr::V6(first) => {
                let rest = u128::MAX.checked_shr(length).unwrap_or_default();
                [first.into(), Ipv6Addr::from_bits(first.to_bits() | rest).into()]
            }
        }
    }

    /// The blocks of both IANA registries of special-purpose addresses, without those whose addresses embed an IPv4
    /// address.
    const REGISTERED: &str = "0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 \
        192.0.0.0/24 192.0.0.0/29 192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24 \
        192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.88.99.2/32 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 \
        198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32 \
        ::1/128 ::/128 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128 2001:1::2/128 \
        2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 \
        2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10";

    #[test]
    fn every_block_of_the_registries_is_local_from_its_first_to_its_last_address() {
        for block in REGISTERED.split_whitespace().chain(["224.0.0.0/4", "ff00::/8", "fec0::/10"]) {
            for address in ends(block) {
                assert!(is_local(address), "{address} in {block}");
            }
        }
    }

    #[test]
    fn this_machine_and_its_networks_are_local() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.1",
            "192.88.99.1",
            "192.31.196.1",
            "192.52.193.1",
            "192.175.48.1",
            "198.51.100.1",
            "64:ff9b:1::808:808",
            "100::1",
            "100:0:0:1::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2620:4f:8000::1",
            "3fff::1",
            "5f00::1",
            "fec0::1",
            "200:1234::1",
            "4000::1",
            "64:ff9b:2::1",
            "::1",
            "::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(local(address), "{address}");
        }
    }

    #[test]
    fn a_local_address_is_local_however_it_is_wrapped() {
        for address in [
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "::ffff:169.254.169.254",
            "2002:c058:6301::",
            "::ffff:0:192.168.0.1",
        ] {
            assert!(local(address), "{address}");
        }
    }

    #[test]
    fn hosts_of_the_public_net_are_not() {
        for address in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2002:808:808::1",
            "192.88.98.1",
            "192.88.100.1",
            "2620:4f:8001::1",
            "2003::1",
            "3ffe::1",
            "3fff:1000::1",
            "2a02:2e0::1",
        ] {
            assert!(!local(address), "{address}");
        }
    }

    #[test]
    fn without_encryption_only_local_hosts_are_reached() {
        let resolved = |guard: &LocalAddressGuard, url: &str| {
            let timeout = NextTimeout {
                after: ureq::unversioned::transport::time::Duration::from_secs(1),
                reason: ureq::Timeout::Resolve,
                per_read: None,
                per_write: None,
            };
            guard
                .resolve(&url.parse().unwrap(), &Config::default(), timeout)
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        let guard = LocalAddressGuard::without_public(true);
        assert!(resolved(&guard, "http://127.0.0.1/").is_ok());
        assert!(resolved(&guard, "http://8.8.8.8/").unwrap_err().contains("would not be encrypted"));
        let guard = LocalAddressGuard::without_public(false);
        assert!(resolved(&guard, "http://127.0.0.1/").unwrap_err().contains("local network"));
    }
}
