# usmca-bot in a container: built in one stage, run in another, by a user without rights.
#
#   docker build -t usmca-bot .
#   docker run --rm usmca-bot demo
#   docker run --env-file .env -v usmca-bot-data:/srv/usmca-bot/data -p 127.0.0.1:8080:8080 usmca-bot

FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/usmca-bot
# The locked dependencies first: they change less often than the code.
COPY requirements.lock ./
RUN /opt/usmca-bot/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY bot bot
RUN /opt/usmca-bot/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/usmca-bot usmca-bot \
    && install --directory --owner=usmca-bot --group=usmca-bot /srv/usmca-bot/data
COPY --from=build /opt/usmca-bot /opt/usmca-bot
WORKDIR /srv/usmca-bot
COPY config config
# Inside a container the server must listen on all of its addresses to be reached through `-p`.
ENV PATH=/opt/usmca-bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BOT_WEB_BIND=0.0.0.0:8080
VOLUME /srv/usmca-bot/data
EXPOSE 8080
USER usmca-bot
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 \
    CMD ["usmca-bot", "healthcheck"]
ENTRYPOINT ["usmca-bot"]
CMD ["run"]
