# shellcheck shell=bash
# Shared by the scripts beside this directory; to be sourced. Runs on bash 4 and later.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT
readonly JDK_MINIMUM=25
readonly PERF_TARGET=$ROOT/perf/target
readonly BUILD_STAMP=$PERF_TARGET/build.stamp
readonly WOLFSSL_HOME=$ROOT/native/wolfssl
readonly WOLFSSL_LIBRARY=$WOLFSSL_HOME/libwolfssl.so

die()
{
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Major version of the JDK in a directory: from its release file, since starting it would take a while; 0 if it is none.
jdk_version()
{
    local key value
    if [[ -x $1/bin/javac && -r $1/release ]]
    then
        while IFS='=' read -r key value
        do
            if [[ $key == JAVA_VERSION && $value =~ ^\"?([0-9]+) ]]
            then
                printf '%s' "${BASH_REMATCH[1]}"
                return
            fi
        done < "$1/release"
    fi
    printf '0'
}

# Exports JAVA_HOME: the one that is set if it is recent enough, else the newest JDK installed.
use_jdk()
{
    local home version best=0 best_home=
    if [[ -n ${JAVA_HOME:-} ]] && (($(jdk_version "$JAVA_HOME") >= JDK_MINIMUM))
    then
        export JAVA_HOME
        return
    fi

    for home in /usr/lib/jvm/*
    do
        version=$(jdk_version "$home")
        if ((version > best))
        then
            best=$version
            best_home=$home
        fi
    done
    ((best >= JDK_MINIMUM)) ||
        die "needs JDK $JDK_MINIMUM or later: install one (temurin-$JDK_MINIMUM-jdk, openjdk-$JDK_MINIMUM-jdk) or set JAVA_HOME"
    export JAVA_HOME=$best_home
}

# need_package COMMAND DEBIAN_PACKAGE...: installs the packages when the command is missing and the user may.
need_package()
{
    local name=$1
    shift
    if command -v "$name" > /dev/null
    then
        return
    fi
    if [[ $(id -u) != 0 ]] || ! command -v apt-get > /dev/null
    then
        die "needs $name: run \`apt-get install $*\` as root"
    fi
    if [[ -z ${APT_UPDATED:-} ]]
    then
        apt-get update -qq >&2 || true
        APT_UPDATED=1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" > /dev/null ||
        die "cannot install $*, which $name is in"
}

# Builds wolfSSL when it is missing.
build_wolfssl_if_needed()
{
    if [[ ! -f $WOLFSSL_LIBRARY ]]
    then
        "$ROOT/scripts/build-wolfssl"
    fi
}

# The option that tells where the wolfSSL library is, if there is one.
wolfssl_option()
{
    if [[ -f $WOLFSSL_LIBRARY ]]
    then
        printf '%s' "-Dperegrine.wolfssl.library=$WOLFSSL_LIBRARY"
    else
        printf '%s' -Dperegrine.wolfssl.library=
    fi
}

# run_maven ARGS: Maven in the root of the project, on a recent JDK.
run_maven()
{
    use_jdk
    need_package mvn maven
    # Maven's own libraries use what recent JDKs warn about.
    (
        cd "$ROOT"
        MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}" \
            mvn -B "$@" < /dev/null
    )
}

# Is what the tools run from newer than every source that it was built from?
is_built()
{
    local newer
    [[ -f $BUILD_STAMP ]] || return 1
    newer=$(find "$ROOT"/pom.xml "$ROOT"/*/pom.xml "$ROOT"/*/src/main -newer "$BUILD_STAMP" -print -quit)
    [[ -z $newer ]]
}

# Builds what the tools run from when it is missing or out of date; says something only when that fails.
build_if_needed()
{
    if is_built
    then
        return
    fi

    mkdir -p "$PERF_TARGET"
    local log=$PERF_TARGET/build.log
    (
        flock 9
        if ! is_built
        then
            # The stamp is as old as the build's beginning, so that a source which changes meanwhile is built again;
            # a tool that still runs keeps the jars it has opened.
            rm -rf "$BUILD_STAMP" "${PERF_TARGET:?}/lib"
            touch "$BUILD_STAMP.begun"
            if ! run_maven -q package -Dmaven.test.skip=true -Dcheckstyle.skip -Dmaven.source.skip \
                -Dmaven.javadoc.skip > "$log" 2>&1
            then
                cat "$log" >&2
                die "the build failed"
            fi
            mv "$BUILD_STAMP.begun" "$BUILD_STAMP"
        fi
    ) 9> "$PERF_TARGET/build.lock"
}

# The class path of the tools: jars alone, since an ahead-of-time cache takes nothing else; the JVM expands the asterisk.
tool_class_path()
{
    local jar
    for jar in "$PERF_TARGET"/peregrine-perf-*.jar
    do
        if [[ $jar != *-tests.jar && $jar != *-sources.jar && $jar != *-javadoc.jar ]]
        then
            printf '%s' "$jar:"
        fi
    done
    printf '%s' "$PERF_TARGET/lib/*"
}
