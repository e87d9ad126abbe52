# The image of every process: `docker run wallet-and-orders subgraphs/user/server.ts`. The base is pinned by its tag;
# to pin it by digest too, append the @sha256:… that `docker buildx imagetools inspect node:26.10.0-trixie-slim` prints.

FROM node:26.10.0-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are only for `npm start`, such as PostgreSQL. The other packages need no install script.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:26.10.0-trixie-slim AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./

COPY web ./web
RUN node web/build.ts

FROM node:26.10.0-trixie-slim AS sources
WORKDIR /app
COPY package.json schema.graphql .env.example ./
COPY platform ./platform
COPY subgraphs ./subgraphs
COPY jobs ./jobs
COPY router ./router
COPY deploy/local ./deploy/local
COPY checks/verify ./checks/verify
COPY tools/backup ./tools/backup
COPY k8s/processes ./k8s/processes
COPY --from=console /app/web/dist ./web/dist
# Makes the files readable whatever the umask of the clone was.
RUN chmod -R a+rX .

FROM node:26.10.0-trixie-slim
ENV NODE_ENV=production \
    APOLLO_TELEMETRY_DISABLED=true
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=sources /app ./
# Root owns the files, so the process cannot change its own code.
USER 1000:1000
# During the start period a failure does not count: a busy machine needs minutes to start all containers.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --start-interval=1s --retries=3 \
    CMD ["bash", "k8s/processes/healthy.sh"]
ENTRYPOINT ["node"]
CMD ["router/server.ts"]
