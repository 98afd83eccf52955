"""A feed server that behaves as badly as it is told to: real sockets, raw bytes, a log of requests.

    async with FeedServer() as server:
        url = server.add("/feed", respond(body=rss(3)))

An answer is a function that gets the request and a writer; what it writes is what goes out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Answer = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client sent: header names are in lower case, values as they came."""

    path: str
    headers: Mapping[str, str]
    raw: bytes


@dataclass(slots=True)
class FeedServer:
    """Serves on a free port of the loopback; `requests` holds everything that was asked."""

    host: str = "127.0.0.1"
    requests: list[Request] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    _answers: dict[str, Answer] = field(default_factory=dict)
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, self.host, 0, limit=1 << 20)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}:{self.port}{path}"

    def add(self, path: str, answer: Answer) -> str:
        """Set what a path answers (again, if need be); returns its address."""
        self._answers[path] = answer
        return self.url(path)

    def asked(self, path: str) -> list[Request]:
        """What was asked of a path."""
        return [request for request in self.requests if request.path == path]

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                raw = await reader.readuntil(b"\r\n\r\n")
                request = _request(raw)
                self.requests.append(request)
                self.in_flight += 1
                self.most_in_flight = max(self.most_in_flight, self.in_flight)
                try:
                    await self._answer_to(request.path)(request, writer)
                    await writer.drain()
                finally:
                    self.in_flight -= 1
                if writer.is_closing():
                    return
        except (OSError, asyncio.IncompleteReadError):
            return  # the client hung up, as it may
        finally:
            writer.close()

    def _answer_to(self, path: str) -> Answer:
        """The answer of a path with its query, else of the path alone."""
        bare = self._answers.get(path.partition("?")[0], respond(status=404))
        return self._answers.get(path, bare)


def _request(raw: bytes) -> Request:
    first, *lines = raw.decode("utf-8", "surrogateescape").split("\r\n")
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return Request(
        path=first.split(" ")[1],
        headers={name.strip().lower(): value.strip() for name, value in pairs},
        raw=raw,
    )


def head(
    status: int, headers: Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]]
) -> bytes:
    """A status line and headers as bytes, values untouched."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    out = [f"HTTP/1.1 {status} Whatever\r\n".encode()]
    for name, value in pairs:
        out.append(name.encode() + b": " + (value.encode() if isinstance(value, str) else value))
        out.append(b"\r\n")
    return b"".join([*out, b"\r\n"])


def respond(
    body: bytes = b"", status: int = 200, headers: Mapping[str, str | bytes] | None = None
) -> Answer:
    """An honest answer with its length."""

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        length = {} if status in {204, 304} else {"Content-Length": str(len(body))}
        writer.write(head(status, {**length, **(headers or {})}) + body)

    return answer


def conditional(body: bytes, headers: Mapping[str, str | bytes]) -> Answer:
    """An answer that says 304 to whoever echoes its ETag, or else its Last-Modified, exactly."""
    whole, unchanged = respond(body, headers=headers), respond(status=304, headers=headers)

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        etag, date = headers.get("ETag"), headers.get("Last-Modified")
        if etag is not None:
            same = request.headers.get("if-none-match") == etag
        else:
            same = date is not None and request.headers.get("if-modified-since") == date
        await (unchanged if same else whole)(request, writer)

    return answer


def redirect(to: str | bytes, status: int = 302) -> Answer:
    """A redirect."""
    return respond(status=status, headers={"Location": to})


def raw(data: bytes) -> Answer:
    """Exactly these bytes, and then the end of the connection."""

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return answer


def drip(start: bytes, piece: bytes, pause: float) -> Answer:
    """The start at once, and then a piece after each pause, for as long as anyone listens."""

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while not writer.is_closing():
            await writer.drain()
            await asyncio.sleep(pause)
            writer.write(piece)

    return answer


def silence() -> Answer:
    """Nothing at all, for as long as anyone waits."""

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        del writer
        await asyncio.Event().wait()

    return answer


def together(barrier: asyncio.Barrier, answer: Answer) -> Answer:
    """The answer, as soon as so many requests wait for it at the same time."""

    async def waiting(request: Request, writer: asyncio.StreamWriter) -> None:
        await barrier.wait()
        await answer(request, writer)

    return waiting


def rss(count: int, *, words: str = "Customs notice", extra: str = "", start: int = 0) -> bytes:
    """A sound RSS feed of so many entries, newest first."""
    items = "".join(
        f"<item><title>{words} {number}</title><guid>entry-{number}</guid>"
        f"<link>https://example.com/{number}</link>"
        f"<description>Duty rates change, part {number}.</description>"
        f"<pubDate>Fri, 20 Nov 2026 {number % 24:02}:00:00 GMT</pubDate></item>"
        for number in reversed(range(start, start + count))
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Border Ledger</title>{extra}{items}</channel></rss>"
    ).encode()
