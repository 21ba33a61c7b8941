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

/// Returns whether an IP address is local: according to the special-purpose registries of RFC 6890, it does not belong
/// to a host on the public internet. Loopback, private, link-local, shared, reserved, broadcast and multicast addresses
/// are local, and so are IPv6 addresses that embed any of these.
#[must_use]
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => is_local_v6(address),
    }
}

fn is_local_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // carrier-grade NAT, RFC 6598
        || (a == 192 && b == 0 && c == 0) // IETF protocol assignments
        || (a == 198 && (18..20).contains(&b)) // network benchmarks, RFC 2544
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, _, _, _, high, low] = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_local_v4(Ipv4Addr::new(a, b, c, d))
    };
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || (first & 0xfe00) == 0xfc00 // unique local, RFC 4193
        || (first & 0xffc0) == 0xfe80 // link-local
        || (first & 0xffc0) == 0xfec0 // site-local, RFC 3879
        || (first == 0x2001 && second == 0x0db8) // documentation
        || address.to_ipv4_mapped().is_some_and(is_local_v4)
        || (address.segments()[..6] == [0; 6] && inner(high, low)) // IPv4-compatible, RFC 4291
        || (address.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0] && inner(high, low)) // NAT64, RFC 6052
        || (first == 0x2002 && inner(second, third)) // 6to4, RFC 3056
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
        for address in
            ["::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "::ffff:169.254.169.254"]
        {
            assert!(local(address), "{address}");
        }
    }

    #[test]
    fn hosts_of_the_public_net_are_not() {
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(!local(address), "{address}");
        }
    }
}
