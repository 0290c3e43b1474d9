# EdgeAgent as a container: built from source, runs as a user of its own, needs no write access but to its volume.
#
#   docker build -t edgeagent .
#   docker run --rm --read-only --cap-drop ALL --security-opt no-new-privileges \
#     --mount type=volume,source=edgeagent,target=/var/lib/edgeagent \
#     --mount type=bind,source=/etc/edgeagent,target=/etc/edgeagent,readonly edgeagent
#
# Without the bind mount it watches the simulated pump of the shipped config. Both base images must be Debian or Ubuntu.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime:10.0

FROM ${SDK_IMAGE} AS build
# auto, full or portable: see eng/feed.sh, which installs npm only where the feed makes it necessary.
ARG EDGEAGENT_FEED=auto
WORKDIR /source
COPY . .
# Published, laid out and checked by the same script that installs on a device.
RUN EDGEAGENT_FEED=${EDGEAGENT_FEED} deploy/install.sh --shared-runtime --no-usb --root /image

FROM ${RUNTIME_IMAGE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libsqlite3-0 libmosquitto1 libmodbus5 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 64198 edgeagent \
 && useradd -K UID_MAX=65000 --uid 64198 --gid 64198 --home-dir /var/lib/edgeagent --no-create-home --shell /usr/sbin/nologin edgeagent \
 && install -d -m 750 -o edgeagent -g edgeagent /var/lib/edgeagent
COPY --from=build /image/opt/edgeagent /opt/edgeagent
COPY --from=build /image/etc/edgeagent /etc/edgeagent

# No debugger socket: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0
USER 64198:64198
WORKDIR /var/lib/edgeagent
VOLUME /var/lib/edgeagent
# The agent drains and exits 0 within 10 s of it, which is also how long `docker stop` waits.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/edgeagent/edgeagent"]
CMD ["run", "--config", "/etc/edgeagent/device.json", "--data-dir", "/var/lib/edgeagent"]
