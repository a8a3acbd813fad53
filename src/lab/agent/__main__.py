"""The agent of one endpoint: requests as JSON lines on standard input, answers as JSON lines on standard output.

A request is {"id", "do", ...}; its answer {"id", "ok"} or {"id", "error"}, in whichever order they are done. It ends with
its input, and with the process whose number is its only argument, whose network it would otherwise keep alive.
"""

import json
import os
import signal
import sys

from addresses import error_name
from attempt import NoProbe
from echo import Servers
from loop import READ, Loop
from probe import Batch


class Agent:
    def __init__(self):
        self.loop = Loop()
        self.servers = Servers(self.loop)
        # Sniffers, flows and rogue servers, by the number of the request that started them.
        self.running = {}
        self.input = b""
        os.set_blocking(0, False)
        self.loop.watch(0, READ, lambda _: self.read())

    def read(self):
        while True:
            try:
                data = os.read(0, 1 << 20)
            except BlockingIOError:
                return
            if not data:
                raise SystemExit
            *lines, self.input = (self.input + data).split(b"\n")
            for line in lines:
                self.handle(json.loads(line))

    def handle(self, request):
        number = request["id"]
        try:
            result = getattr(self, "do_" + request["do"])(request, lambda ok: say({"id": number, "ok": ok}))
        except (OSError, NoProbe) as error:
            say({"id": number, "error": error_name(error)})
        except Exception as error:  # a request that makes no sense; the next one may
            say({"id": number, "error": f"{type(error).__name__}: {error}"})
        else:
            if result is not None:
                say({"id": number, "ok": result})

    # Each takes the request and, when it is not done at once, answers later and returns nothing.

    def do_listen(self, request, _):
        return self.servers.listen(request)

    def do_seen(self, request, _):
        return self.servers.seen(request)

    def do_probe(self, request, answer):
        Batch(self.loop, request, answer).start()

    def do_flow(self, request, answer):
        from flow import Flow

        self.running[request["id"]] = Flow(self.loop, request, answer)

    def do_flood(self, request, answer):
        from flow import Flood

        frames = ()
        if request.get("attack"):
            import attacks
            from addresses import interface

            frames = attacks.frames_of(interface(request["interface"]), request)
        Flood(self.loop, request, answer, frames)

    def do_sniff(self, request, _):
        from sniff import Sniffer

        self.running[request["id"]] = Sniffer(self.loop, request)
        return True

    def do_dhcp(self, request, _):
        from dhcp import RogueDhcp

        self.running[request["id"]] = RogueDhcp(self.loop, request)
        return True

    def do_report(self, request, _):
        return self.running[request["of"]].report()

    def do_stop(self, request, _):
        return self.running.pop(request["of"]).stop()

    def do_attack(self, request, _):
        import attacks

        return attacks.attack(request)

    def do_state(self, request, _):
        from state import state

        return state(request)

    def do_ip(self, request, _):
        from state import ip

        return ip(request["words"])


def say(answer):
    data = json.dumps(answer).encode() + b"\n"
    while data:
        data = data[os.write(1, data) :]


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    agent = Agent()
    if len(sys.argv) > 1:
        life = os.pidfd_open(int(sys.argv[1]))
        agent.loop.watch(life, READ, lambda _: sys.exit())
    say({"id": 0, "ok": {"pid": os.getpid()}})
    agent.loop.run()


main()
