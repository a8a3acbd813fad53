"""What a frame carries so that whoever meets it elsewhere knows which attempt it comes from."""

BEGIN = b"<rc-lxc "
END = b">"


def marked(name):
    return BEGIN + name.encode() + END


def marker_of(data):
    """The name in a frame or a datagram; None where there is none."""
    begin = data.find(BEGIN)
    if begin < 0:
        return None
    end = data.find(END, begin)
    return None if end < 0 else data[begin + len(BEGIN) : end].decode("utf-8", "replace")
