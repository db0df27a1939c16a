# The story of one service, told to the endpoint by the real AWS CLI. Prints one line for each step; stops at the first that fails.
# Needs: aws on the PATH, AWS_ENDPOINT_URL_ECS, a region and any credentials. Argument: the endpoint's state directory.
set -eu
state=$1

ecs() {
  aws ecs --endpoint-url "$AWS_ENDPOINT_URL_ECS" --output text "$@"
}

logs() {
  aws logs --endpoint-url "$AWS_ENDPOINT_URL_ECS" --output text "$@"
}

elb() {
  aws elbv2 --endpoint-url "$AWS_ENDPOINT_URL_ECS" --output text "$@"
}

# await WHAT COMMAND...: until the command succeeds, at most 60 s.
await() {
  what=$1
  shift
  end=$(($(date +%s) + 60))
  until "$@"; do
    if [ "$(date +%s)" -gt "$end" ]; then
      echo "waited in vain for: $what" >&2
      exit 1
    fi
  done
  echo "ok: $what"
}

# is EXPECTED COMMAND...: the command prints just that.
is() {
  expected=$1
  shift
  actual=$("$@" | tr '\t' ' ')
  [ "$actual" = "$expected" ] || return 1
}

# fails ERROR COMMAND...: the command fails and names the error.
fails() {
  error=$1
  shift
  if said=$("$@" 2>&1); then
    echo "should have failed with $error: $*" >&2
    exit 1
  fi
  case $said in
    *"($error)"*) echo "ok: $error" ;;
    *)
      echo "should have failed with $error: $said" >&2
      exit 1
      ;;
  esac
}

service() {
  ecs describe-services --cluster selfheal --services order --query "services[0].$1"
}

stable() {
  await "$1" is "1 COMPLETED $2 $2" service '[length(deployments), deployments[0].rolloutState, desiredCount, runningCount]'
}

running() {
  ecs list-tasks --cluster selfheal --service-name order --query 'sort(taskArns)[]'
}

# The latest service deployment.
deployment() {
  ecs list-service-deployments --cluster selfheal --service order --query 'serviceDeployments[0].serviceDeploymentArn'
}

container() {
  printf '[{"name":"app","image":"local","command":["sh","-c","%s"],"stopTimeout":5,"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/selfheal/order","awslogs-region":"us-east-1","awslogs-stream-prefix":"ecs"}},"healthCheck":{"command":["CMD-SHELL","%s"],"interval":1,"retries":1,"startPeriod":60}}]' "$1" "$2"
}

register() {
  ecs register-task-definition --family order --container-definitions "$(container "$1" "$2")" --query taskDefinition.taskDefinitionArn
}

good="trap 'exit 0' TERM; sleep 300 & wait"

fails ClusterNotFoundException ecs list-services --cluster selfheal
ecs create-cluster --cluster-name selfheal --query cluster.status
register "$good" "test ! -e hung"
fails ClientException ecs create-service --cluster selfheal --service-name order --task-definition nope --desired-count 2
fails ServiceNotFoundException ecs update-service --cluster selfheal --service order --desired-count 1
ecs create-service --cluster selfheal --service-name order --task-definition order --desired-count 2 \
  --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}' --query service.status
stable "service of 2 is stable" 2
ecs wait services-stable --cluster selfheal --services order
echo "ok: aws ecs wait services-stable agrees"
is "arn:aws:ecs:us-east-1:000000000000:service/selfheal/order" ecs list-services --cluster selfheal --query 'serviceArns[]'
echo "ok: list-services"

fails TargetGroupNotFound elb describe-target-groups --names order
group=$(elb create-target-group --name order --protocol HTTP --port 8080 --vpc-id vpc-1 --query 'TargetGroups[0].TargetGroupArn')
is "$group" elb describe-target-groups --names order --query 'TargetGroups[0].TargetGroupArn'
elb deregister-targets --target-group-arn "$group" --targets Id=127.0.0.1,Port=1
is "unused Target.NotRegistered" elb describe-target-health --target-group-arn "$group" --targets Id=127.0.0.1,Port=1 \
  --query 'TargetHealthDescriptions[0].TargetHealth.[State,Reason]'
fails InvalidTarget elb register-targets --target-group-arn "$group" --targets Id=127.0.0.1,Port=1
echo "ok: target groups"

fails ResourceNotFoundException logs filter-log-events --log-group-name /selfheal/user
written=$(running | cut -f 1)
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
printf '{"timestamp":"%s","level":"INFO","message":"up"}\n{"timestamp":"%s","level":"ERROR","message":"boom"}\n' "$now" "$now" \
  >"$state/tasks/${written##*/}/app.log"
is "ecs/app/${written##*/}" logs filter-log-events --log-group-name /selfheal/order --filter-pattern '{ $.level = "ERROR" }' \
  --query 'events[].logStreamName'
is "2" logs get-log-events --log-group-name /selfheal/order --log-stream-name "ecs/app/${written##*/}" --query 'length(events)'
is "2" logs describe-log-streams --log-group-name /selfheal/order --query 'length(logStreams)'
# Only the second version of the AWS CLI has it.
if aws logs tail help >/dev/null 2>&1; then
  aws logs tail --endpoint-url "$AWS_ENDPOINT_URL_ECS" --since 1h /selfheal/order | grep -q boom && echo "ok: logs tail"
fi
echo "ok: logs"

victim=$(running | cut -f 1)
ecs stop-task --cluster selfheal --task "$victim" --reason test --query task.desiredStatus
stable "stopped task is replaced" 2
await "stopped task says why" is "STOPPED UserInitiated test" \
  ecs describe-tasks --cluster selfheal --tasks "$victim" --query 'tasks[0].[lastStatus,stopCode,stoppedReason]'
case $(running) in *"$victim"*) exit 1 ;; esac

before=$(running)
register "$good" "test ! -e hung"
ecs update-service --cluster selfheal --service order --task-definition order --query service.taskDefinition
stable "revision 2 is rolled out" 2
is "arn:aws:ecs:us-east-1:000000000000:task-definition/order:2" service taskDefinition && echo "ok: it is revision 2"
[ "$(running)" != "$before" ]

is "SUCCESSFUL SUCCESSFUL" ecs list-service-deployments --cluster selfheal --service order --query 'serviceDeployments[].status'
echo "ok: list-service-deployments"
is "arn:aws:ecs:us-east-1:000000000000:task-definition/order:1" ecs describe-service-revisions --query 'serviceRevisions[0].taskDefinition' \
  --service-revision-arns "$(ecs list-service-deployments --cluster selfheal --service order --query 'serviceDeployments[1].targetServiceRevisionArn')"
echo "ok: the revision before is known"
fails ConflictException ecs stop-service-deployment --service-deployment-arn "$(deployment)"
fails ServiceDeploymentNotFoundException ecs stop-service-deployment --service-deployment-arn "$(deployment)-not"

before=$(running)
register "$good" "test -e never"
ecs update-service --cluster selfheal --service order --task-definition order:3 --query service.taskDefinition
ecs stop-service-deployment --service-deployment-arn "$(deployment)" --stop-type ROLLBACK --query serviceDeploymentArn
await "deployment is rolled back" is "ROLLBACK_SUCCESSFUL" ecs describe-service-deployments --service-deployment-arns "$(deployment)" \
  --query 'serviceDeployments[0].status'
stable "service is back" 2
[ "$(running)" = "$before" ]
is "arn:aws:ecs:us-east-1:000000000000:task-definition/order:2" service taskDefinition && echo "ok: it is revision 2 again"
ecs deregister-task-definition --task-definition order:3 --query taskDefinition.status

before=$(running)
ecs update-service --cluster selfheal --service order --force-new-deployment --query service.status
stable "deployment is forced" 2
[ "$(running)" != "$before" ]

ecs update-service --cluster selfheal --service order --desired-count 3 --query service.desiredCount
stable "scaled to 3" 3
kept=$(running | cut -f 3)
ecs update-task-protection --cluster selfheal --tasks "$kept" --protection-enabled --expires-in-minutes 5 --query 'protectedTasks[0].protectionEnabled'
ecs update-service --cluster selfheal --service order --desired-count 1 --query service.desiredCount
stable "scaled to 1" 1
[ "$(running)" = "$kept" ] && echo "ok: the protected task is left"
is "True" ecs get-task-protection --cluster selfheal --tasks "$kept" --query 'protectedTasks[0].protectionEnabled'
ecs update-task-protection --cluster selfheal --tasks "$kept" --no-protection-enabled --query 'protectedTasks[0].protectionEnabled'

register "exit 3" "false"
ecs update-service --cluster selfheal --service order --task-definition order:4 --query service.taskDefinition
await "circuit breaker trips" is 1 service "length(events[?contains(message, 'deployment failed: tasks failed to start')])"
stable "circuit breaker has rolled back" 1
is "arn:aws:ecs:us-east-1:000000000000:task-definition/order:2" service taskDefinition && echo "ok: it is revision 2"

victim=$(running)
: >"$state/tasks/${victim##*/}/hung"
await "hung task turns UNHEALTHY and is replaced" is "STOPPED UNHEALTHY Task failed container health checks" \
  ecs describe-tasks --cluster selfheal --tasks "$victim" --query 'tasks[0].[lastStatus,healthStatus,stoppedReason]'
stable "replacement is stable" 1

fails InvalidParameterException ecs delete-service --cluster selfheal --service order
ecs delete-service --cluster selfheal --service order --force --query service.status
await "service is inactive" is "INACTIVE" service status
fails ServiceNotActiveException ecs update-service --cluster selfheal --service order --desired-count 1
await "cluster is deleted" ecs delete-cluster --cluster selfheal --query cluster.status
echo "ok: the whole story"
