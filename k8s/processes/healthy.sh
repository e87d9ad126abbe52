# The image's health check: exits with 0 if the process of this container is ready. Process 1 is that process, or an
# init process of the engine, whose arguments include those of the process. A container that serves nothing is healthy.
#
# It is a Bash script because it starts every few seconds: Node needs more processor time to start than an idle process
# uses. The argument is the file with the arguments of process 1, separated by null characters.
set -u

mapfile -d '' -t arguments <"${1:-/proc/1/cmdline}"

port=''
for argument in "${arguments[@]}"; do
  case $argument in
    # management ports: written by npm run manifests
    router/server.ts) port=${ROUTER_MANAGEMENT_PORT:-4100} ;;
    subgraphs/user/server.ts) port=${USER_MANAGEMENT_PORT:-4101} ;;
    subgraphs/billing/server.ts) port=${BILLING_MANAGEMENT_PORT:-4102} ;;
    subgraphs/order/server.ts) port=${ORDER_MANAGEMENT_PORT:-4103} ;;
    subgraphs/notification/server.ts) port=${NOTIFICATION_MANAGEMENT_PORT:-4104} ;;
    jobs/server.ts) port=${JOBS_MANAGEMENT_PORT:-4105} ;;
    # end of management ports
  esac
done
[[ -n $port ]] || exit 0

host=${MANAGEMENT_HOST:-127.0.0.1}
case $host in
  # The process listens on every address.
  0.0.0.0) host=127.0.0.1 ;;
  ::) host=::1 ;;
esac

exec 3<>"/dev/tcp/$host/$port" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 2 -u 3 status || exit 1
[[ $status == 'HTTP/1.1 200 '* ]]
