set -e
python -m unittest
