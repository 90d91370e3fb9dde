"""Run every benchmark, one after the other: `python -m benchmarks`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    names = ("gias_import", "pages", "free_dates", "races", "starts")
    failed = [name for name in names if subprocess.run([sys.executable, HERE / f"{name}.py"], check=False).returncode]
    sys.exit(f"Promises broken in: {', '.join(failed)}" if failed else 0)
