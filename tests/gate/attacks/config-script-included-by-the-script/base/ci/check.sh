set -e
. ci/env.sh
$RUN -m unittest
