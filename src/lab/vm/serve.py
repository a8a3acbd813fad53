"""Runs programs inside the virtual machine, many at a time, for whoever holds the other end of the serial port.

Usage: serve.py PORT, as root. One JSON object a line, both ways; bytes are in base64.
  from outside: {"id", "argv", "env", "cwd", "input"} starts a program, {"id", "kill": true} ends it and its children
  from inside:  {"ready": KERNEL}, {"id", "out" | "err": BYTES}, {"id", "exit": STATUS}: 128 plus the number of a signal
It ends when the other end hangs up. Needs Python's standard library alone.
"""

import base64
import json
import os
import selectors
import signal
import subprocess
import sys
import time

# How long a pipe that a daemon keeps open must be silent, once the program has ended.
SILENCE = 0.1


class Job:
    """A program that was started, until its exit status is told."""

    def __init__(self, number, process):
        self.number = number
        self.process = process
        self.open = 0
        self.ended = None


class Server:
    """Everything waits in one place: the port, the pipes of the programs, and the signal that one has ended."""

    def __init__(self, port):
        self.port = os.open(port, os.O_RDWR | os.O_NONBLOCK)
        self.selector = selectors.DefaultSelector()
        self.jobs = {}
        self.received = b''
        self.to_send = b''
        wake, self.wakened = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self.wakened, False)
        signal.set_wakeup_fd(self.wakened)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(wake, selectors.EVENT_READ, lambda: os.read(wake, 4096))
        self.selector.register(self.port, selectors.EVENT_READ, self.on_port)

    def serve(self):
        self.send({'ready': os.uname().release})
        while True:
            silent = any(job.ended is not None for job in self.jobs.values())
            for key, events in self.selector.select(SILENCE / 2 if silent else None):
                if key.fileobj == self.port and events & selectors.EVENT_WRITE:
                    self.flush()
                if events & selectors.EVENT_READ or key.fileobj != self.port:
                    key.data()
            self.conclude()

    def send(self, message):
        self.to_send += json.dumps(message).encode() + b'\n'
        self.flush()

    def flush(self):
        try:
            while self.to_send:
                self.to_send = self.to_send[os.write(self.port, self.to_send[:32768]):]
        except BlockingIOError:
            pass
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.to_send else 0)
        self.selector.modify(self.port, events, self.on_port)

    def on_port(self):
        try:
            data = os.read(self.port, 65536)
        except BlockingIOError:
            return
        if not data:
            sys.exit(0)
        *lines, self.received = (self.received + data).split(b'\n')
        for line in lines:
            message = json.loads(line)
            if message.get('kill'):
                if message['id'] in self.jobs:
                    kill_tree(self.jobs[message['id']].process.pid)
            else:
                self.start(message)

    def start(self, message):
        number = message['id']
        pipes = {'stdin': subprocess.PIPE, 'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE}
        try:
            process = subprocess.Popen(
                message['argv'], env=message['env'], cwd=message['cwd'], start_new_session=True, bufsize=0, **pipes
            )
        except OSError as error:
            text = f'{message["argv"][0]}: {error.strerror}\n'
            self.send({'id': number, 'err': base64.b64encode(text.encode()).decode()})
            self.send({'id': number, 'exit': 127 if isinstance(error, FileNotFoundError) else 126})
            return
        job = self.jobs[number] = Job(number, process)
        self.feed(process.stdin, base64.b64decode(message['input']))
        self.gather(job, process.stdout, 'out')
        self.gather(job, process.stderr, 'err')

    def feed(self, pipe, data):
        """A program that does not read its input is no failure of ours."""
        os.set_blocking(pipe.fileno(), False)
        left = memoryview(data)

        def write():
            nonlocal left
            try:
                left = left[os.write(pipe.fileno(), left[:65536]):]
                done = not left
            except BlockingIOError:
                return
            except BrokenPipeError:
                done = True
            if done:
                self.selector.unregister(pipe)
                pipe.close()

        self.selector.register(pipe, selectors.EVENT_WRITE, write)

    def gather(self, job, pipe, name):
        """Goes on reading after the program has ended: a daemon that writes would die of SIGPIPE."""
        job.open += 1

        def read():
            data = os.read(pipe.fileno(), 65536)
            if not data:
                self.selector.unregister(pipe)
                pipe.close()
                job.open -= 1
            elif job.number in self.jobs:
                job.ended = job.ended and time.monotonic()
                self.send({'id': job.number, name: base64.b64encode(data).decode()})

        self.selector.register(pipe, selectors.EVENT_READ, read)

    def conclude(self):
        now = time.monotonic()
        for job in list(self.jobs.values()):
            status = job.process.poll()
            if status is None:
                continue
            job.ended = job.ended or now
            if job.open == 0 or now - job.ended >= SILENCE:
                del self.jobs[job.number]
                self.send({'id': job.number, 'exit': status if status >= 0 else 128 - status})


def kill_tree(pid):
    """Kills a process and all that descend from it; stopped first, what cannot run has no more children."""
    try:
        os.kill(pid, signal.SIGSTOP)
        with open(f'/proc/{pid}/task/{pid}/children', encoding='ascii') as children:
            for child in children.read().split():
                kill_tree(int(child))
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError):
        pass  # It ended by itself meanwhile.


Server(sys.argv[1]).serve()
