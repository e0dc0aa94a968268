/** What a small server prints, as an example of a paste: its commands and their output. */
export const EXAMPLE = `me@server:~$ ss -tulnp
Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
udp   UNCONN 0      0         127.0.0.53%lo:53        0.0.0.0:*    users:(("systemd-resolve",pid=612,fd=13))
tcp   LISTEN 0      128           0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=701,fd=3))
tcp   LISTEN 0      511           0.0.0.0:80        0.0.0.0:*    users:(("nginx",pid=820,fd=6))
tcp   LISTEN 0      511           0.0.0.0:443       0.0.0.0:*    users:(("nginx",pid=820,fd=7))
tcp   LISTEN 0      244         127.0.0.1:5432      0.0.0.0:*    users:(("postgres",pid=905,fd=5))
tcp   LISTEN 0      511           0.0.0.0:6379      0.0.0.0:*    users:(("redis-server",pid=990,fd=6))
me@server:~$ docker ps --format 'table {{.Names}}\\t{{.Ports}}'
NAMES     PORTS
shop      0.0.0.0:8080->80/tcp, [::]:8080->80/tcp
mail      127.0.0.1:8025->8025/tcp
me@server:~$ sudo nft list ruleset
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		iifname "lo" accept
		icmp type echo-request limit rate 5/second accept
		tcp dport { 80, 443 } accept
		ip saddr 192.0.2.0/24 tcp dport 22 accept
	}
}
`
