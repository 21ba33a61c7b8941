#!/bin/sh
# Unpacks and builds the peers that run.py measures in FOLDER (default: peers), without installing anything in the system.
#
#   sh benches/peers/get.sh FOLDER
#
# newsboat and newsraft come from Debian's unstable packages with their own loader and libraries, because stable
# distributions have them years old. eilmeldung is built by cargo, which takes a while. trafilatura and readability-lxml
# go into a virtual environment, compromise into node_modules. Needs apt, dpkg, python3, npm and cargo, on amd64.
set -eu
mkdir -p "${1:-peers}"
folder=$(cd "${1:-peers}" && pwd)

apt_state=$folder/apt
mkdir -p "$apt_state/state/lists/partial" "$apt_state/cache/archives/partial" "$folder/bin" "$folder/sid"
touch "$apt_state/state/status"
echo 'deb [arch=amd64] http://deb.debian.org/debian sid main' >"$apt_state/sources.list"
cat >"$apt_state/apt.conf" <<END
Dir::Etc::sourcelist "$apt_state/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$apt_state/state";
Dir::State::status "$apt_state/state/status";
Dir::Cache "$apt_state/cache";
Acquire::Languages "none";
Debug::NoLocking "1";
APT::Sandbox::User "root";
END
export APT_CONFIG="$apt_state/apt.conf"
apt-get -q update
# The empty status file makes apt download every library, down to libc.
apt-get -q install --yes --no-install-recommends --download-only newsboat newsraft
for package in "$apt_state"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$folder/sid"
done
for name in newsboat newsraft; do
    cat >"$folder/bin/$name" <<END
#!/bin/sh
exec $folder/sid/usr/lib64/ld-linux-x86-64.so.2 --library-path $folder/sid/usr/lib/x86_64-linux-gnu $folder/sid/usr/bin/$name "\$@"
END
    chmod +x "$folder/bin/$name"
done

python3 -m venv "$folder/venv"
# Older versions of pip fail on the extras of lxml that both packages ask for.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --upgrade pip
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura readability-lxml lxml_html_clean
npm install --silent --no-fund --no-audit --prefix "$folder" compromise
CARGO_TARGET_DIR=$folder/target cargo install --locked --ignore-rust-version --root "$folder" eilmeldung
rm -rf "$folder/target"
