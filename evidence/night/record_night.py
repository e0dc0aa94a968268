#!/usr/bin/env python3
"""Records recorded-night.pcap, which level 7.2 plays: one laptop, a few seconds of one evening. Linux, root: record_night.py OUT.pcap

Two network namespaces and a wire between them: `harbour` has a resolver, a web server, a clock and a neighbour, `laptop`
(192.0.2.150) asks for a page. Every packet is made by the kernel; the laptop's side of the wire is written down.
"""
import os, socket, ssl, struct, subprocess, sys, tempfile, threading, time

LAPTOP, ROUTER, WEB, CLOCK, NEIGHBOUR = "192.0.2.150", "192.0.2.1", "198.51.100.9", "203.0.113.123", "192.0.2.77"
NAME = b"\x07harbour\x07example\x00"


def sh(line):
    subprocess.run(line, shell=True, check=True, stdout=subprocess.DEVNULL)


def later(work, *args):
    threading.Thread(target=work, args=args, daemon=True).start()


def udp(address, port, answer):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((address, port))
    while True:
        data, who = s.recvfrom(2048)
        s.sendto(answer(data), who)


def dns(query):
    is_a = query[-4:-2] == b"\x00\x01"
    record = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04" + socket.inet_aton(WEB) if is_a else b""
    return query[:2] + b"\x81\x80\x00\x01" + (b"\x00\x01" if is_a else b"\x00\x00") + b"\x00\x00\x00\x00" + query[12:] + record


def ntp(request):
    return b"\x24\x02\x06\xec" + bytes(20) + request[40:48] + bytes(16)


def tcp(address, port, serve, wrap=None):
    s = socket.create_server((address, port))
    while True:
        c, _ = s.accept()
        later(lambda c=c: serve(wrap(c) if wrap else c))


def http(body):
    def serve(c):
        c.recv(2048)
        c.sendall(body)
        c.close()
    return serve


def harbour(pem):
    for address in (WEB, CLOCK, NEIGHBOUR):
        sh("ip addr add %s/32 dev lo" % address)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    later(udp, ROUTER, 53, dns)
    later(udp, CLOCK, 123, ntp)
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhigh tide"
    moved = b"HTTP/1.1 301 Moved Permanently\r\nLocation: https://harbour.example/\r\nContent-Length: 0\r\n\r\n"
    later(tcp, WEB, 443, http(page), lambda c: context.wrap_socket(c, server_side=True))
    later(tcp, WEB, 80, http(moved))


def ask(address, port, data, wait=1.0):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(wait)
    s.connect((address, port))
    try:
        s.send(data)
        return s.recv(2048)
    except OSError:
        return b""


def visit(port, context=None):
    c = socket.create_connection((WEB, port))
    if context:
        c = context.wrap_socket(c, server_hostname="harbour.example")
    c.sendall(b"GET / HTTP/1.1\r\nHost: harbour.example\r\n\r\n")
    while c.recv(2048):
        pass
    c.close()


def ping(address):
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    body = struct.pack(">HH", 77, 1) + bytes(range(32))
    total = 0x0800 + sum(struct.unpack(">18H", body))
    total = (total & 0xFFFF) + (total >> 16)
    s.sendto(struct.pack(">BBH", 8, 0, ~total & 0xFFFF) + body, (address, 0))


def laptop():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    later(tcp, "0.0.0.0", 8000, http(b"HTTP/1.0 200 OK\r\n\r\nhello"))
    for kind, number in ((b"\x00\x01", 4711), (b"\x00\x1c", 4712)):
        ask(ROUTER, 53, struct.pack(">HHHHHH", number, 0x100, 1, 0, 0, 0) + NAME + kind + b"\x00\x01")
    ask(CLOCK, 123, b"\x23" + bytes(39) + os.urandom(8))
    visit(80)
    # The browser tries HTTP/3 first; nobody listens there, and it comes back to TCP.
    ask(WEB, 443, b"\xc3\x00\x00\x00\x01\x08" + os.urandom(8) + b"\x00\x00\x40\x20" + os.urandom(32))
    two = threading.Thread(target=visit, args=(443, context))
    two.start()
    visit(443, context)
    two.join()
    try:
        socket.create_connection((WEB, 8080))
    except ConnectionRefusedError:
        pass
    ping(ROUTER)
    time.sleep(1.2)


def neighbour():
    """Somebody in the same street: at a door that is lit, at one that is not, and at a postcard door."""
    def call(port):
        s = socket.socket()
        s.bind((NEIGHBOUR, 0))
        try:
            s.connect((LAPTOP, port))
            s.sendall(b"GET / HTTP/1.0\r\n\r\n")
            while s.recv(512):
                pass
        except OSError:
            pass
        s.close()
    time.sleep(1.0)
    for port in (22, 8000, 5900, 8000):
        call(port)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((NEIGHBOUR, 0))
    s.sendto(b"M-SEARCH * HTTP/1.1\r\n\r\n", (LAPTOP, 1900))


def write_down(path, stop):
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    s.bind(("eth0", 0))
    s.settimeout(0.2)
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        while not stop.is_set():
            try:
                frame = s.recv(65535)
            except TimeoutError:
                continue
            now = time.time()
            out.write(struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(frame), len(frame)) + frame)


def main():
    if sys.argv[1] == "laptop":
        stop = threading.Event()
        writer = threading.Thread(target=write_down, args=(sys.argv[2], stop))
        writer.start()
        time.sleep(0.3)
        laptop()
        stop.set()
        writer.join()
        os._exit(0)
    if sys.argv[1] == "harbour":
        sh("ip link set lo up")
        there = subprocess.Popen(["unshare", "-n", "sleep", "60"])
        time.sleep(0.3)
        inside = "nsenter -t %d -n " % there.pid
        sh("ip link add veth0 address 02:00:5e:00:00:01 type veth peer name eth0 address 02:00:5e:00:00:96 netns %d" % there.pid)
        sh("ip addr add %s/24 dev veth0 && ip link set veth0 up" % ROUTER)
        sh(inside + "sh -c 'ip link set lo up; ip addr add %s/24 dev eth0; ip link set eth0 up; ip route add default via %s'" % (LAPTOP, ROUTER))
        with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
            sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=harbour.example "
               "-keyout %s -out %s.crt 2>/dev/null && cat %s.crt >> %s && rm %s.crt" % ((pem.name,) * 5))
            harbour(pem.name)
            # The first SYN to 443 is lost, so the laptop sends it again.
            sh("nft 'add table ip t; add chain ip t c { type filter hook input priority 0; }; "
               "add rule ip t c tcp dport 443 tcp flags syn limit rate over 1/second burst 1 packets counter drop'")
            time.sleep(0.5)
            later(neighbour)
            subprocess.run(inside + "%s %s laptop %s" % (sys.executable, __file__, sys.argv[2]), shell=True, check=True)
        there.kill()
        os._exit(0)
    subprocess.run(["unshare", "-n", sys.executable, __file__, "harbour", sys.argv[1]], check=True)


main()
