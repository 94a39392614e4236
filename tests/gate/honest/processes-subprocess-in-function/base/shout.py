import subprocess
import sys


def shout(word):
    """`word` in capitals, by another process."""
    return subprocess.run([sys.executable, "-c", "print(input())"], input=word, text=True, capture_output=True, check=True).stdout
