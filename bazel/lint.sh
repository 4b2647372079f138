#!/bin/sh
# One action of corolint.bzl: lint.sh REPORT COMMAND... What is found is shown because the action fails; the
# report is there for who wants it as a file.
report=$1
shift
code=0
"$@" >"$report" 2>&1 || code=$?
cat "$report"
case $code in
  0 | 1) ;;
  3) echo "corolint: something could not be analysed, so this is no clean result (exit code 3)" ;;
  *) echo "corolint: exit code $code" ;;
esac
exit "$code"
