/** A host with every kind of entry of `allow-in` and `allow-out`, in networks of every kind that the host itself forwards for. */
export const manyPolicies = `
[host]
name = excelsior
uplink = eth0
ipv4 = 192.0.2.10
ipv6 = 2001:db8::10
links = iproute2

[network internal]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes

[network shared]
type = bridge
ipv4 = 10.0.5.1/24
ipv6 = fd00:0:0:5::1/64

[network apart]
type = bridge
ipv4 = 10.0.6.1/24
ipv6 = fd00:0:0:6::1/64
nat = yes
isolate = yes

[network sealed]
type = bridge
isolate = yes

[network edge]
type = routed
ipv4 = 198.51.100.0/28
ipv6 = 2001:db8:1::/64

[network lonely]
type = routed
ipv4 = 198.51.100.64/28
ipv6 = 2001:db8:2::/64
isolate = yes

; Of the uplink's own network, in which others are who are no containers.
[network spots]
type = routed
ipv4 = 192.0.2.16/28
ipv6 = 2001:db8::/120

[container web]
id = 11
network = internal
allow-in = any:80/tcp, internal:22/tcp, edge:22/tcp, 192.0.2.20:443/tcp, host:50-60/udp

[container client]
id = 12
network = internal
allow-out = web:80/tcp, outside:80/tcp, host:53/udp, edge:icmp, [2001:db8::]/48:443/tcp

[container plain]
id = 13
network = internal

[container db]
id = 111
network = shared
ipv4 = 10.0.5.11
ipv6 = fd00:0:0:5::11
allow-in = web:22/tcp, client:80-90/tcp, host, [fd00:0:0:3::]/64:53/udp
allow-out = none

[container other]
id = 112
network = shared
ipv4 = 10.0.5.12
ipv6 = fd00:0:0:5::12
allow-in = any
allow-out = outside:53/udp, internal

[container ranged]
id = 113
network = shared
ipv4 = 10.0.5.13
ipv6 = fd00:0:0:5::13
allow-in = spots:20-30/tcp, shared:79-81/tcp, internal:440-450/tcp
allow-out = shared:20-30/tcp, spots:20-90/tcp, edge:50-60/udp

[container spot]
id = 8
network = spots
ipv4 = 192.0.2.24
ipv6 = 2001:db8::24

[container one]
id = 211
network = apart
ipv4 = 10.0.6.11
ipv6 = fd00:0:0:6::11
allow-in = any

[container two]
id = 212
network = apart
ipv4 = 10.0.6.12
ipv6 = fd00:0:0:6::12

[container tinderbox]
id = 20
network = sealed
ipv6 = link-local
allow-in = host:22/tcp
allow-out = host:53/udp, host:80/tcp

[container router1]
id = 3
network = edge
ipv4 = 198.51.100.3
ipv6 = 2001:db8:1::3
allow-in = outside:80/tcp, internal:53/udp, any:icmp

[container router2]
id = 4
network = edge
ipv4 = 198.51.100.4
ipv6 = 2001:db8:1::4

[container lone1]
id = 303
network = lonely
ipv4 = 198.51.100.66
ipv6 = 2001:db8:2::3

[container lone2]
id = 304
network = lonely
ipv4 = 198.51.100.67
ipv6 = 2001:db8:2::4
`;
