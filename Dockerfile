# A small image with sqllint, and with what the recipes of Documentation/approvals.md use.
#
#   docker build --tag sqllint .
#   docker run --rm --volume "$PWD:/project" sqllint --changed migrations/

# Swift 6.1 or newer on Debian, where Scripts/build-release makes a binary that needs no library, not even the C library.
FROM swift:6.3-bookworm AS build
WORKDIR /sqllint
COPY . .
RUN Scripts/setup && Scripts/build-release

FROM alpine:3.22
# `--changed` asks git; Scripts/approved-by and Scripts/comment need the others. Their versions are those of this Alpine.
# hadolint ignore=DL3018
RUN apk add --no-cache bash curl git jq \
    # The project belongs to whoever mounts it, and is only read.
    && git config --system --add safe.directory '*' \
    && adduser -D -H -u 10001 sqllint
COPY --from=build /sqllint/.build/release/sqllint /usr/local/bin/
COPY --from=build /sqllint/LICENSE /usr/local/share/licenses/sqllint/
COPY --from=build /sqllint/Scripts/approved-by /usr/local/bin/sqllint-approved-by
COPY --from=build /sqllint/Scripts/comment /usr/local/bin/sqllint-comment
# Here it is seen that the binary runs without the libraries of where it was built.
RUN ["sqllint", "--version"]
USER 10001
WORKDIR /project
ENTRYPOINT ["sqllint"]
