# Makes this task a managed instance of Systems Manager, by whose commands FIS strikes it, and takes that back at the end.
set -eu
dnf install -y -q awscli jq
task=$(curl -sSf "$ECS_CONTAINER_METADATA_URI_V4/task")
arn=$(jq -er .TaskARN <<<"$task")
export AWS_REGION=$(cut -d: -f4 <<<"$arn") AWS_PAGER=
# FIS finds the instance by the first of these tags.
activation=$(aws ssm create-activation --registration-limit 1 --iam-role "$MANAGED_INSTANCE_ROLE_NAME" --tags \
  "Key=ECS_TASK_ARN,Value=$arn" \
  "Key=ECS_TASK_AVAILABILITY_ZONE,Value=$(jq -er .AvailabilityZone <<<"$task")" \
  Key=FAULT_INJECTION_SIDECAR,Value=true --output json)
id=$(jq -er .ActivationId <<<"$activation")
amazon-ssm-agent -register -y -id "$id" -code "$(jq -er .ActivationCode <<<"$activation")" -region "$AWS_REGION"
amazon-ssm-agent &
agent=$!
leave() {
  aws ssm delete-activation --activation-id "$id" || echo "the activation $id is still there" >&2
  aws ssm deregister-managed-instance --instance-id "$(jq -er .ManagedInstanceID /var/lib/amazon/ssm/registration)" ||
    echo "the managed instance of $arn is still there" >&2
  kill "$agent"
}
trap leave TERM INT
wait "$agent"
