# glasshall in a container: the built service, ffmpeg and a Chinese font, run by a user without rights.
#
#   docker build -t glasshall .
#   docker run --init --rm --network host -v ./hall:/etc/glasshall -e HALL_CAMERA_PASSWORD \
#     glasshall --config /etc/glasshall/hall.yaml
#
# The folder is mounted, and not hall.yaml alone, so that layouts drawn on the control page can be saved into it (by the
# user `node`, 1000); with :ro they can be kept as drafts only.
# The first process of the service watches the second, which does the work, and starts it again when it dies or hangs;
# let Docker restart the first: --restart unless-stopped.
# --init puts a small first process in front, which passes signals on and collects what ended.
# --network host lets ONVIF discovery (multicast) and LED controllers be reached as from the machine itself.
# Colorlight cards need raw Ethernet: --cap-add NET_RAW, and a Node that may use it, because the user here has no rights:
#   RUN apt-get update && apt-get install -y --no-install-recommends libcap2-bin \
#     && cp /usr/local/bin/node /usr/local/bin/raw-node && setcap cap_net_raw+ep /usr/local/bin/raw-node
#   ENV GLASSHALL_RAW_ETHERNET_NODE=/usr/local/bin/raw-node
# Without arguments it runs the rehearsal hall, on port 8080 (pages), 4455 (obs-websocket).

FROM node:20-bookworm-slim AS build
WORKDIR /glasshall
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json ./
COPY config ./config
COPY src ./src
COPY scripts ./scripts
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg fonts-noto-cjk libturbojpeg0 libyuv0 \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /glasshall
COPY --from=build /glasshall/package.json ./package.json
COPY --from=build /glasshall/node_modules ./node_modules
COPY --from=build /glasshall/dist ./dist
COPY --from=build /glasshall/config ./config
# The rehearsal keeps its pictures in .cache once they are made; what operators decided is kept in the state folder, so mount
# a volume there. Everything else in the image may be read-only.
RUN install -d -o node -g node /glasshall/.cache /var/lib/glasshall
ENV STATE_DIRECTORY=/var/lib/glasshall
VOLUME /glasshall/.cache /var/lib/glasshall
USER node
EXPOSE 8080 4455
# Asks whether the process is alive, not whether a camera or a controller is: restarting us mends neither.
# Over TLS or without. With another --port, give docker run --health-cmd "node /glasshall/dist/src/health-check.js PORT".
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 \
  CMD ["node", "/glasshall/dist/src/health-check.js"]
ENTRYPOINT ["node", "/glasshall/dist/src/main.js"]
CMD []
