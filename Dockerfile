# The bot as one folder on Node 24: not root, and nothing to write to but /data. Built and run in a test, where docker or
# podman is and its base can be had: LATCHKEY_BUILD_IMAGE=1 npx vitest run --project edges test/infra/image-runs.test.ts
FROM node:24-trixie-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc LICENSE ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts scripts
COPY simulators simulators
COPY src src
# The base is of glibc: the native part for the other C library is of no use to it.
RUN npm run build && rm -f dist/latchkey/libsql-*-musl*.node

FROM node:24-trixie-slim
# Neither npm nor yarn is of use to a program that is one file.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* \
  && install -d -o 1000 -g 1000 -m 0700 /data
COPY --from=build /src/dist/latchkey /app
ENV NODE_ENV=production DATA_DIR=/data PORT=3978
USER 1000:1000
WORKDIR /app
VOLUME /data
EXPOSE 3978
# Alive, not ready: a database that is away is no reason to be killed.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# DRAIN_SECONDS where other processes share the database, and eight for what is being applied: let a stop wait fifteen.
STOPSIGNAL SIGTERM
CMD ["node", "latchkey.mjs"]
