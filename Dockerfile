# docker build -t tfsg . && docker run --rm -v "$PWD:/src:ro" tfsg
FROM node:24.11.1-alpine3.22@sha256:2867d550cf9d8bb50059a0fff528741f11a84d985c732e60e19e8e75c7239c43 AS build
WORKDIR /tfsg
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build -- --bundle-only && npm pack && npm install --global --prefix /tfsg/installed ./tfsg-*.tgz

FROM node:24.11.1-alpine3.22@sha256:2867d550cf9d8bb50059a0fff528741f11a84d985c732e60e19e8e75c7239c43
COPY --from=build /tfsg/installed /usr/local
WORKDIR /src
# The user `node` of the image.
USER 1000:1000
ENTRYPOINT ["tfsg"]
