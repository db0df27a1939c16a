# Sourced by ./mvnw and ./demo, and by scripts further down, which set selfheal_root before. Sets JAVA_HOME to a JDK of the version that pom.xml names (jdk.version),
# also when it is installed but not the default. POSIX sh; prints one sentence and exits 1 when there is none.

selfheal_root=${selfheal_root:-$(cd "$(dirname "$0")" && pwd)}
selfheal_jdk=$(sed -n 's:.*<jdk\.version>\([0-9]*\)</jdk\.version>.*:\1:p' "$selfheal_root/pom.xml" | head -n 1)

selfheal_is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    grep -q "^JAVA_VERSION=\"$selfheal_jdk[.\"]" "$1/release"
}

selfheal_find_jdk() {
  selfheal_default=$(command -v javac 2>/dev/null || true)
  [ -z "$selfheal_default" ] || selfheal_default=$(readlink -f "$selfheal_default" 2>/dev/null || printf '%s' "$selfheal_default")
  # SELFHEAL_JDK_PATH: more folders to look into, separated by ':'; set it alone to "none" to look nowhere else (tests).
  for selfheal_dir in "${JAVA_HOME-}" "${selfheal_default%/bin/javac}"; do
    if selfheal_is_jdk "$selfheal_dir"; then
      printf '%s\n' "$selfheal_dir"
      return 0
    fi
  done
  [ "${SELFHEAL_JDK_PATH-}" != none ] || return 1
  for selfheal_parent in /usr/lib/jvm /usr/java /opt /opt/java /opt/homebrew/opt /usr/local/opt "$HOME/.sdkman/candidates/java" \
    "$HOME/.jdks" "$HOME/.asdf/installs/java" /Library/Java/JavaVirtualMachines "$HOME/Library/Java/JavaVirtualMachines"; do
    for selfheal_dir in "$selfheal_parent" "$selfheal_parent"/* "$selfheal_parent"/*/Contents/Home; do
      if selfheal_is_jdk "$selfheal_dir"; then
        printf '%s\n' "$selfheal_dir"
        return 0
      fi
    done
  done
  return 1
}

if JAVA_HOME=$(selfheal_find_jdk); then
  export JAVA_HOME
else
  echo "Selfheal needs a JDK $selfheal_jdk (found: $(java -version 2>&1 | head -n 1)): install one, for example Temurin $selfheal_jdk, or point JAVA_HOME at it." >&2
  exit 1
fi
