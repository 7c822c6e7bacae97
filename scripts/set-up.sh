#!/bin/sh
# Brings a machine that has only Node and npm to the point where glasshall runs: Debian packages, node modules, build.
# Called by npm start, npm test, npm run bench and npm run glasshall before anything else. Idempotent; quick and silent when
# nothing is missing. With --for-tests it also brings what the tests and benchmarks need.
set -eu

cd "$(dirname "$0")/.."

LEAST_NODE='20.19.0'
PACKAGES='ffmpeg fonts-noto-cjk'
# With them pictures for the control page cost a fraction, and nothing fails without them.
FASTER='libturbojpeg0 libyuv0'
TEST_PACKAGES="$FASTER chromium tshark procps iproute2 mosquitto ola python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav"
LOCK='.cache/set-up.lock'
MODULES_STAMP='node_modules/.glasshall-set-up'
BUILD_STAMP='dist/.glasshall-set-up'

for_tests=no
for argument in "$@"; do
  case "$argument" in
    --for-tests) for_tests=yes ;;
    *) echo "set-up.sh: unknown option $argument (there is only --for-tests)" >&2; exit 2 ;;
  esac
done
[ "$for_tests" = no ] || PACKAGES="$PACKAGES $TEST_PACKAGES"

say() { printf '[set-up] %s\n' "$*" >&2; }

fail() { say "$@"; exit 1; }

# ---- what is missing ------------------------------------------------------------------------------------------------

# The command that a package is wanted for: with it, nothing has to be installed, wherever it came from.
command_of() {
  case "$1" in
    ffmpeg) echo ffprobe ;;
    chromium) echo chromium ;;
    tshark) echo tshark ;;
    procps) echo ps ;;
    ola) echo olad ;;
    iproute2) echo ip ;;
    gstreamer1.0-tools) echo gst-launch-1.0 ;;
    *) echo '' ;;
  esac
}

# The same for packages that are a library: its name as the system's loader knows it.
library_of() {
  case "$1" in
    libturbojpeg0) echo libturbojpeg.so.0 ;;
    libyuv0) echo libyuv.so.0 ;;
    *) echo '' ;;
  esac
}

has_library() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null | grep -q "[[:space:]]$1 "; }

missing_packages() {
  installed=' '
  if command -v dpkg-query >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # the format is dpkg's
    installed=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true)"
  fi
  for package in "$@"; do
    case "$installed" in *" installed=$package "*) continue ;; esac
    command=$(command_of "$package")
    if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then continue; fi
    library=$(library_of "$package")
    if [ -n "$library" ] && has_library "$library"; then continue; fi
    if [ "$package" = fonts-noto-cjk ] && fc-list 2>/dev/null | grep -q 'Noto Sans CJK'; then continue; fi
    printf '%s ' "$package"
  done
}

modules_fingerprint() { { cat package-lock.json; node -p 'process.platform + process.arch + process.versions.modules'; } | cksum; }

sources() {
  find src scripts config/vite.config.ts tsconfig.json package.json package-lock.json -type f ! -name '.*' ! -name '*.sh' "$@"
}

build_fingerprint() { sources -exec cksum {} + | sort | cksum; }

modules_missing() { [ "$(cat "$MODULES_STAMP" 2>/dev/null)" != "$(modules_fingerprint)" ]; }

build_missing() {
  [ ! -e dist/src/main.js ] || [ ! -e dist/web/index.html ] || [ "$(cat "$BUILD_STAMP" 2>/dev/null)" != "$(build_fingerprint)" ]
}

# ---- one set-up at a time -------------------------------------------------------------------------------------------

take_lock() {
  mkdir -p .cache
  told=no
  tries=0
  until mkdir "$LOCK" 2>/dev/null; do
    owner=$(cat "$LOCK/pid" 2>/dev/null || true)
    if [ -n "$owner" ]; then
      if ! kill -0 "$owner" 2>/dev/null && [ -d "/proc/self" ] && [ ! -d "/proc/$owner" ]; then
        rm -rf "$LOCK"
        continue
      fi
    elif [ "$tries" -ge 10 ]; then
      # Whoever made the lock has not lived long enough to sign it.
      rm -rf "$LOCK"
      continue
    fi
    [ "$told" = yes ] || say "另一个安装正在进行，请稍候 / another set-up is at work, waiting for it"
    told=yes
    tries=$((tries + 1))
    sleep 1
  done
  trap 'rm -rf "$LOCK"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo $$ >"$LOCK/pid"
}

# ---- Debian packages ------------------------------------------------------------------------------------------------

# On Ubuntu the browser and a library have other names.
adapt_names() {
  for package in "$@"; do
    if [ "$package" = libturbojpeg0 ] && ! apt-cache show libturbojpeg0 >/dev/null 2>&1 && apt-cache show libturbojpeg >/dev/null 2>&1; then
      package=libturbojpeg
    fi
    if [ "$package" = chromium ] && ! apt-cache show chromium >/dev/null 2>&1 && apt-cache show chromium-browser >/dev/null 2>&1; then
      package=chromium-browser
    fi
    printf '%s ' "$package"
  done
}

# Runs apt-get without questions and shows how far it has come. Its whole output is kept for the case that it fails.
run_apt() {
  log=$(mktemp)
  {
    status=0
    # shellcheck disable=SC2086 # $as_root is a command with its arguments, or nothing
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 "$@" </dev/null 2>&1 || status=$?
    echo "apt-get ended with $status"
  } | tee "$log" | awk '
    /newly installed/ { total = $3 }
    /^Setting up / { done += 1; if (done % 25 == 0) { printf "[set-up]   %d / %s\n", done, total; fflush() } }' >&2
  result=$(tail -n 1 "$log")
  if [ "$result" = 'apt-get ended with 0' ]; then
    rm -f "$log"
    return 0
  fi
  grep -E '^(E|W|Err):?' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
  rm -f "$log"
  return 1
}

# How to become root, in as_root: a command, or nothing for who is it already.
may_install() {
  as_root=''
  [ "$(id -u)" -ne 0 ] || return 0
  as_root='sudo -n'
  command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null
}

apt_install() {
  # shellcheck disable=SC2046 # the list is meant to be split
  run_apt install --no-install-recommends $(adapt_names "$@")
}

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    fail "缺少 / missing: $* — 请用系统的包管理器安装后再试 / install them with your system's package manager, then try again"
  fi
  if ! may_install; then
    # shellcheck disable=SC2046 # the list is meant to be split
    say "缺少系统软件包，请运行下面这一行，然后再试 / Debian packages are missing; run this line, then try again:"
    printf '\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n\n' "$(adapt_names "$@")" >&2
    exit 1
  fi
  say "安装系统软件包 / installing Debian packages: $*"
  run_apt update || say "软件源更新失败，继续尝试 / apt-get update failed, trying all the same"
  apt_install "$@" ||
    fail "安装失败 / could not install: $* — apt-get's words stand above"
}

# Tried only when something else is set up, too: where it cannot be done, starting takes no longer for it.
install_faster() {
  command -v apt-get >/dev/null 2>&1 && may_install || return 0
  say "安装加速库 / installing what makes pictures cheaper: $*"
  apt_install "$@" ||
    say "没有加速库也能运行 / it works without them, and pictures on the control page cost more"
}

# ---- node modules and build -----------------------------------------------------------------------------------------

install_modules() {
  say "安装 Node 模块 / installing node modules"
  # TypeScript and Vite are development dependencies, and the build needs them, also where NODE_ENV says production.
  npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error >&2 ||
    fail "npm ci 失败 / npm ci failed; its words stand above"
  mkdir -p node_modules
  modules_fingerprint >"$MODULES_STAMP"
}

# What a source left behind in dist when it was deleted or renamed would still be found there.
remove_orphans() {
  [ -d dist/src ] || { rm -f dist/.tsbuildinfo; return 0; }
  for output in $(find dist/src dist/scripts -name '*.js' 2>/dev/null); do
    source=${output#dist/}
    [ -e "${source%.js}.ts" ] || rm -f "$output" "$output.map"
  done
  for source in $(find src scripts -name '*.ts' ! -name '*.d.ts' ! -path 'src/web/*'); do
    # The compiler writes again only what it believes to have changed.
    [ -e "dist/${source%.ts}.js" ] || { rm -f dist/.tsbuildinfo; return 0; }
  done
}

build() {
  say "构建 / building"
  fingerprint=$(build_fingerprint)
  remove_orphans
  npm run --silent build >&2 || fail "构建失败 / the build failed; its words stand above"
  printf '%s\n' "$fingerprint" >"$BUILD_STAMP"
}

# ---- all of it ------------------------------------------------------------------------------------------------------

check_node() {
  command -v node >/dev/null 2>&1 || fail "没有找到 Node / there is no Node; install Node $LEAST_NODE or newer"
  version=$(node --version)
  newest=$(printf '%s\n%s\n' "${version#v}" "$LEAST_NODE" | sort -t . -k 1,1n -k 2,2n -k 3,3n | tail -n 1)
  [ "$newest" = "${version#v}" ] || fail "Node ${version} 太旧 / is too old: install Node $LEAST_NODE or newer"
}

check_node
# shellcheck disable=SC2086 # the lists are meant to be split, here and below
missing=$(missing_packages $PACKAGES)
if [ -z "$missing" ] && ! modules_missing && ! build_missing; then exit 0; fi

take_lock
# Whoever had the lock before may have done it all.
# shellcheck disable=SC2086
missing=$(missing_packages $PACKAGES)
# shellcheck disable=SC2086
[ -z "$missing" ] || install_packages $missing
# shellcheck disable=SC2086
missing=$(missing_packages $FASTER)
# shellcheck disable=SC2086
[ -z "$missing" ] || install_faster $missing
if modules_missing; then install_modules; fi
if build_missing; then build; fi
say "就绪 / ready"
