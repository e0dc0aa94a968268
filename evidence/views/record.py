#!/usr/bin/env python3
"""Records the outputs of tools: record.py NAME.json ... writes NAME.txt beside each. Linux, root.

Each file has a `command`, the state that it shows, and how that state is made:
  setup     shell lines, run first in a network namespace of its own (loopback up)
  listening [protocol, address, port] of sockets that are opened then; with "only" in the protocol they take no IPv4
  traffic   shell lines, run after that
  rules     a packet filter: {"proto", "dport", "do"}; dport a number or {"from", "to"}
  answers   UDP ports of `listening` whose program answers
  rows      containers, given to the real `docker` client by a stand-in for its engine
  services, pods  given to the real `kubectl` by a stand-in for the API server, in cells as that prints them
  run       what is run to get the output, where that is not the command itself
  mask      [[regular expression, replacement], ...] over the output
"""
import http.server, json, os, re, socketserver, subprocess, sys, tempfile, threading, time

DO = {"drop": "drop", "reject-rst": "reject with tcp reset", "reject-port": "reject with icmpx type port-unreachable",
      "reject-host": "reject with icmpx type host-unreachable", "reject-admin": "reject with icmpx type admin-prohibited"}

LISTEN = """
import json, socket, sys, threading, time
kept, answers = [], json.loads(sys.argv[2])
for kind, address, port in json.loads(sys.argv[1]):
    v6 = ":" in address
    s = socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM if kind.startswith("tcp") else socket.SOCK_DGRAM)
    if v6: s.setsockopt(41, 26, 1 if "only" in kind else 0)
    s.bind((address, port))
    if kind.startswith("tcp"): s.listen(128)
    elif port in answers:
        def answer(s=s):
            while True: s.sendto(b"x", s.recvfrom(9000)[1])
        threading.Thread(target=answer, daemon=True).start()
    kept.append(s)
open("/proc/self/comm", "w").write("server")
time.sleep(600)
"""


def ruleset(rules):
    port = lambda p: p if isinstance(p, int) else "%d-%d" % (p["from"], p["to"])
    lines = ["%s dport %s %s" % (r["proto"], port(r["dport"]), DO[r["do"]]) for r in rules]
    return "table inet t { chain c { type filter hook input priority 0; policy accept;\n%s\n}\n}" % "\n".join(lines)


def in_namespace(state):
    # Without limits every probe that deserves an ICMP error gets one.
    lines = ["set -e", "ip link set lo up", "sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0", *state.get("setup", [])]
    if state.get("rules"):
        lines.append("nft -f - <<'END'\n%s\nEND" % ruleset(state["rules"]))
    if state.get("listening"):
        lines += ["python3 -c '%s' '%s' '%s' &" % (LISTEN.replace("'", '"'), json.dumps(state["listening"]),
                                                  json.dumps(state.get("answers", []))), "server=$!", "sleep 0.7"]
    lines += state.get("traffic", [])
    lines += ["set +e", state.get("run", state["command"]), '[ -z "$server" ] || kill $server']
    run = subprocess.run(["unshare", "-n", "--fork", "--pid", "--mount-proc", "bash", "-c", "\n".join(lines)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode and not run.stdout:
        sys.exit(run.stderr)
    return run.stdout


def docker_api(state):
    def ports(row):
        published = [(p["protocol"], p["containerPort"]) for p in row["published"]]
        for e in row.get("exposed", []):
            if (e["protocol"], e["port"]) not in published: yield {"PrivatePort": e["port"], "Type": e["protocol"]}
        for p in row["published"]:
            for ip in [p["hostAddress"]] if "hostAddress" in p else ["0.0.0.0", "::"]:
                yield {"IP": ip, "PrivatePort": p["containerPort"], "PublicPort": p["hostPort"], "Type": p["protocol"]}

    def seconds(text):
        number, unit = text.split()[:2]
        return int(number) * {"minutes": 60, "hours": 3600, "days": 86400}[unit] + 1

    return {"containers/json": [
        {"Id": r["id"] + "0" * 52, "Image": r["image"], "Command": r["command"], "Created": int(time.time()) - seconds(r["created"]),
         "Status": r["status"], "State": "running", "Names": ["/" + r["name"]], "Ports": list(ports(r)), "Labels": {},
         "HostConfig": {}, "NetworkSettings": {"Networks": {}}, "Mounts": []} for r in state["rows"]]}


def kubernetes_api(state):
    """Cells as the API server makes them (kubernetes: pkg/printers/internalversion/printers.go)."""
    def table(names, rows):
        columns = [{"name": n, "type": "string", "format": "", "description": "", "priority": 0} for n in names]
        meta = lambda r: {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": {"name": r[0]}}
        return {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {}, "columnDefinitions": columns,
                "rows": [{"cells": r, "object": meta(r)} for r in rows]}

    def external(s):
        return s.get("externalIP", "<pending>") if s["type"] == "LoadBalancer" else "<none>"

    def ports(s):
        return ",".join("%d%s/%s" % (p["port"], ":%d" % p["nodePort"] if "nodePort" in p else "", p["protocol"].upper())
                        for p in s["ports"])

    rows = state["services"]
    resource = lambda n, k, s: {"name": n, "singularName": "", "namespaced": True, "kind": k, "verbs": ["get", "list"], "shortNames": s}
    return {"/api": {"kind": "APIVersions", "versions": ["v1"]},
            "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
            "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                resource("services", "Service", ["svc"]), resource("endpoints", "Endpoints", ["ep"]), resource("pods", "Pod", ["po"])]},
            "/services": table(["Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age"],
                               [[r["service"]["name"], r["service"]["type"], r["service"]["clusterIP"], external(r["service"]),
                                 ports(r["service"]), r["age"]] for r in rows]),
            "/endpoints": table(["Name", "Endpoints", "Age"], [[r["service"]["name"], r["endpoints"], r["age"]] for r in rows]),
            "/pods": table(["Name", "Ready", "Status", "Restarts", "Age"],
                           [[p["name"], "1/1" if p["ready"] else "0/1", "Running", "0", p["age"]] for p in state.get("pods", [])])}


def with_stand_in(state, answers):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_): pass
        def address_string(self): return ""
        def reply(self, body):
            data = json.dumps(body).encode()
            self.send_response(200)
            for name, value in [("Content-Type", "application/json"), ("API-Version", "1.50"), ("Content-Length", str(len(data)))]:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD": self.wfile.write(data)
        def do_HEAD(self): self.reply({})
        def do_GET(self):
            path = self.path.split("?")[0]
            self.reply(next((body for end, body in answers.items() if path.endswith(end)), {}))

    class Unix(socketserver.ThreadingMixIn, socketserver.UnixStreamServer): pass
    with tempfile.TemporaryDirectory() as home:
        path = home + "/engine.sock"
        server = Unix(path, Handler) if "rows" in state else http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = "-H unix://" + path if "rows" in state else "-s http://127.0.0.1:%d" % server.server_address[1]
        tool, _, rest = state["command"].partition(" ")
        run = subprocess.run("%s %s %s" % (tool, where, rest), shell=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "HOME": home})
        server.shutdown()
        return run.stdout


for name in sys.argv[1:]:
    state = json.load(open(name))
    text = (with_stand_in(state, docker_api(state)) if "rows" in state else
            with_stand_in(state, kubernetes_api(state)) if "services" in state else in_namespace(state))
    for pattern, by in state.get("mask", []):
        text = re.sub(pattern, by, text)
    open(re.sub(r"\.json$", ".txt", name), "w").write(text)
    print(name, len(text.splitlines()), "lines")
