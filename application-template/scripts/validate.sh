#!/bin/sh
# ValidateService: this instance answers with what was installed, and the hook, where there is one, says that the rollout may
# go on. The reason comes last, because CodeDeploy keeps the last 2 KB.
set -eu
exec 2>&1

app="${INSTANCE_ROOT:-}/opt/app"
# shellcheck source=/dev/null
. "$app/current/service.env"
version=$(cat "$app/current/version")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
seen=

fail() {
  echo "app: $version is not valid: $1"
  exit 1
}

# Whom this script asked did not say: the installation fails, and the revision is not to blame. sysexits' "temporary failure".
undecided() {
  echo "app: nobody says whether $version is valid: $1"
  exit 75
}

fail_with_log() {
  journalctl --unit app.service --lines 20 --no-pager --output cat | tail -c 1200
  fail "$1"
}

# One line of a file, so short that the reason fits.
line_of() {
  tr '\r\n\t' '   ' <"$1" | cut -c 1-600
}

is_healthy() {
  if ! status=$(curl --silent --show-error --max-time 2 --output /dev/null --dump-header "$scratch/headers" \
      --write-out '%{http_code}' "http://127.0.0.1:$PORT$HEALTH_PATH" 2>"$scratch/error"); then
    seen=$(line_of "$scratch/error")
    return 1
  fi
  if [ "$status" != 200 ]; then
    seen="it answers $status"
    return 1
  fi
  [ -n "$VERSION_HEADER" ] || return 0
  answered=$(tr -d '\r' <"$scratch/headers" | grep -i "^$VERSION_HEADER:" | sed 's/^[^:]*: *//')
  seen="$VERSION_HEADER is '$answered'"
  [ "$answered" = "$version" ]
}

wait_for_health() {
  tries=0
  until is_healthy; do
    tries=$((tries + 1))
    if systemctl is-failed --quiet app.service; then
      fail_with_log "the service has failed; $HEALTH_PATH: $seen"
    fi
    [ "$tries" -lt "$HEALTH_TRIES" ] || fail_with_log "$HEALTH_PATH after $tries tries: $seen"
    sleep "$HEALTH_PAUSE"
  done
  echo "app: $version answers"
}

# Greenlight writes the rollout into its deployment's description. A deployment without one is none of its rollouts: an
# instance that Auto Scaling launched later must not wait for a hook whose rollout is over.
find_rollout() {
  if ! aws deploy get-deployment --region "$region" --deployment-id "$DEPLOYMENT_ID" \
      --cli-connect-timeout 5 --cli-read-timeout 10 \
      --query deploymentInfo.description --output text >"$scratch/description" 2>"$scratch/error"; then
    seen=$(line_of "$scratch/error")
    return 1
  fi
  description=$(cat "$scratch/description")
  case "$description" in
    "greenlight "*) rollout=${description#greenlight } ;;
    *)
      echo "app: $version is valid; no rollout asks for the hook"
      exit 0
      ;;
  esac
  case "$rollout" in
    *[!A-Za-z0-9-]*) fail "no rollout's name: '$rollout'" ;;
  esac
}

# The agent does not tell a script which instance it runs on; the metadata service does, to whoever brings a token.
find_instance() {
  metadata=http://169.254.169.254/latest
  if ! token=$(curl --silent --show-error --fail --max-time 2 --request PUT \
      --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token" 2>"$scratch/error") ||
    ! instance=$(curl --silent --show-error --fail --max-time 2 \
      --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id" 2>"$scratch/error"); then
    instance=
    seen="no instance id: $(line_of "$scratch/error")"
    return 1
  fi
  case "${instance#i-}" in
    "$instance" | "" | *[!0-9a-f]*) undecided "no instance's id: '$instance'" ;;
  esac
}

# A text of the hook's answer.
answered() {
  grep -o "\"$1\" *: *\"[A-Za-z-]*\"" "$scratch/answer" | sed 's/.*"\([A-Za-z-]*\)"$/\1/'
}

# Ends the script as soon as the hook has decided; returns while it has not.
ask_hook() {
  echo "{\"rollout\":\"$rollout\",\"instance\":\"$instance\"}" >"$scratch/question"
  if ! aws lambda invoke --region "$region" --function-name "$HOOK_FUNCTION" \
      --cli-connect-timeout 5 --cli-read-timeout 60 \
      --payload "fileb://$scratch/question" \
      --query FunctionError --output text "$scratch/answer" >"$scratch/broken" 2>"$scratch/error"; then
    seen=$(line_of "$scratch/error")
    return
  fi
  seen=$(line_of "$scratch/answer")
  [ "$(cat "$scratch/broken")" = None ] || return 0
  case "$(answered outcome)" in
    done)
      echo "app: $version is valid; the hook says: $seen"
      exit 0
      ;;
    in-progress) ;;
    failed)
      # A hook may say whose fault it is: missing rights and wrong settings are not the revision's.
      case "$(answered failure)" in
        "" | ROLLOUT) fail "the hook says: $seen" ;;
        *) undecided "the hook says: $seen" ;;
      esac
      ;;
    *) undecided "the hook says: $seen" ;;
  esac
}

wait_for_hook() {
  # Tries are counted here; the command line's own would multiply them.
  export AWS_MAX_ATTEMPTS=1
  region=$(echo "$HOOK_FUNCTION" | cut -d : -f 4)
  rollout=
  instance=
  tries=0
  while [ "$tries" -lt "$HOOK_TRIES" ]; do
    [ "$tries" -eq 0 ] || sleep "$HOOK_PAUSE"
    tries=$((tries + 1))
    [ -n "$rollout" ] || find_rollout || continue
    [ -n "$instance" ] || find_instance || continue
    ask_hook
  done
  undecided "the hook has not decided after $tries tries: $seen"
}

case "$HOOK_FUNCTION" in
  "" | arn:*:lambda:*:function:*) ;;
  *) fail "HOOK_FUNCTION is the ARN of a function, not '$HOOK_FUNCTION'" ;;
esac
wait_for_health
[ -z "$HOOK_FUNCTION" ] || wait_for_hook
echo "app: $version is valid"
