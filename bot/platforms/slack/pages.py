"""The pages a person sees in the browser while they put the app into their workspace. Pure."""

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; color: #1d2733; background: #f6f7f9;
  margin: 0; padding: 12vh 1.5rem; }}
main {{ max-width: 34rem; margin: 0 auto; background: #fff; padding: 2rem 2.25rem;
  border-radius: .75rem; border-top: .35rem solid {colour}; }}
h1 {{ font-size: 1.5rem; margin: 0 0 .75rem; }}
a {{ color: #1d3557; }}
code {{ background: #eef1f5; padding: .1em .35em; border-radius: .3em; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
_GOOD, _BAD = "#2a7f62", "#b5403a"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    status: int
    title: str
    says: str


_FAILURES = {
    "access_denied": _Failure(
        status=200,
        title="The app was not installed",
        says="You did not allow it, so nothing has changed in your workspace.",
    ),
    "invalid_state": _Failure(
        status=400,
        title="This link is no longer good",
        says="An install must be finished within ten minutes, and each link works once. "
        "Please begin again.",
    ),
    "invalid_browser": _Failure(
        status=400,
        title="This install was begun elsewhere",
        says="Finish an install in the browser in which it was begun, with cookies allowed. "
        "Please begin again.",
    ),
    "missing_code": _Failure(
        status=400,
        title="Slack sent no code",
        says="The address lacks what Slack adds to it. Please begin again.",
    ),
    "invalid_code": _Failure(
        status=400,
        title="Slack did not confirm the install",
        says="The code it gave is used up or too old, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET "
        "are not this app's. Please begin again.",
    ),
    "org_install": _Failure(
        status=400,
        title="Choose one workspace",
        says="The app is put into workspaces one by one, not into a whole organisation. "
        "Please begin again and choose a workspace.",
    ),
    "unreachable": _Failure(
        status=503,
        title="Slack could not be reached",
        says="Nothing was changed. Please try again in a minute.",
    ),
    "storage_error": _Failure(
        status=503,
        title="The install could not be stored",
        says="The bot's database does not answer. Please try again in a minute.",
    ),
}
_OTHER = _Failure(
    status=400,
    title="The app was not installed",
    says="Slack broke off the install. Please begin again.",
)


def installed(workspace: str, *, team: str, app: str, places: int) -> str:
    """Return the page after an install; `places` counts those that subscribed something before."""
    link = f"https://slack.com/app_redirect?app={quote(app, safe='')}&team={quote(team, safe='')}"
    where = f" in {escape(workspace)}" if workspace else ""
    back = f"<p>Places with subscriptions from before: {places}.</p>" if places else ""
    open_slack = f'<p><a href="{escape(link)}">Open Slack</a></p>' if app and team else ""
    body = (
        f"<p>USMCA Bot is ready{where}.</p>{back}"
        "<p>In a channel, type <code>/usmca subscribe</code> to choose what it hears about, or "
        "<code>/usmca status</code> to see where things stand.</p>"
        f"{open_slack}"
    )
    return _PAGE.format(title="Installed", body=body, colour=_GOOD)


def failed(reason: str) -> tuple[int, str]:
    """Return the status and the page for Slack's, Bolt's or our own word for what went wrong."""
    failure = _FAILURES.get(reason, _OTHER)
    body = f'<p>{escape(failure.says)}</p><p><a href="/slack/install">Install again</a></p>'
    return failure.status, _PAGE.format(title=escape(failure.title), body=body, colour=_BAD)
