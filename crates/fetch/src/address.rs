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

/// IPv4 blocks that belong to no host of the public internet, each as its first address and its prefix length: the IANA
/// IPv4 Special-Purpose Address Registry as of 2025-10-09, whole, and multicast. Entries inside a wider block are left
/// out. Blocks of services that are reachable globally, such as AS112, are included, because none of them publishes news.
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

/// IPv6 blocks that belong to no host of the public internet, in the same form: the IANA IPv6 Special-Purpose Address
/// Registry as of 2025-10-09, whole, with multicast and site-local addresses. The blocks that embed an IPv4 address are in
/// [`EMBEDDING`].
const SPECIAL_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::UNSPECIFIED, 128),
    (Ipv6Addr::LOCALHOST, 128),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48), // IPv4/IPv6 translation for local use
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64),     // discard only
    (Ipv6Addr::new(0x100, 0, 0, 1, 0, 0, 0, 0), 64),     // dummy prefix
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // IETF protocol assignments, with Teredo, ORCHID and benchmarks
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112, direct delegation
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16), // segment routing
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),  // unique local
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10), // link-local
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10), // site-local, deprecated
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),  // multicast
];

/// IPv6 blocks whose addresses embed an IPv4 address, which is judged in their place because public hosts have such
/// addresses in networks with NAT64: first address, prefix length, and the segment with the first half of the IPv4 address.
const EMBEDDING: &[(Ipv6Addr, u32, usize)] = &[
    (Ipv6Addr::UNSPECIFIED, 96, 6),                         // IPv4-compatible, deprecated
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 6),    // IPv4-mapped
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, 6), // IPv4/IPv6 translation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 1),    // 6to4
];

/// Returns whether an IP address is local: it does not belong to a host on the public internet. Addresses in the blocks of
/// the special-purpose registries (RFC 6890) are local, and so are IPv6 addresses that embed a local IPv4 address.
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
    let is_in = |first: &Ipv6Addr, length: u32| (address.to_bits() ^ first.to_bits()) >> (128 - length) == 0;
    let segments = address.segments();
    let embedded = |at: usize| {
        let half = |at: usize| u32::from(segments.get(at).copied().unwrap_or_default());
        Ipv4Addr::from_bits(half(at) << 16 | half(at + 1))
    };
    SPECIAL_V6.iter().any(|(first, length)| is_in(first, *length))
        || EMBEDDING.iter().any(|(first, length, at)| is_in(first, *length) && is_local_v4(embedded(*at)))
}

/// Error for a host that resolves to a local IP address, although the user did not request a local host.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("its address {0} is on this machine or its local network")]
pub(crate) struct LocalAddress(pub IpAddr);

/// Resolver that rejects hosts with local IP addresses. The connection is made to the addresses returned here, so a
/// name that resolves differently the next time (DNS rebinding) has no effect.
#[derive(Debug)]
pub(crate) struct LocalAddressGuard {
    inner: DefaultResolver,
    /// Whether local IP addresses are allowed.
    allow_local: bool,
}

impl LocalAddressGuard {
    /// Creates a resolver that allows or rejects local IP addresses.
    #[must_use]
    pub(crate) fn new(allow_local: bool) -> Self {
        Self { inner: DefaultResolver::default(), allow_local }
    }
}

impl Resolver for LocalAddressGuard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
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
            "64:ff9b:2::1",
        ] {
            assert!(!local(address), "{address}");
        }
    }
}
