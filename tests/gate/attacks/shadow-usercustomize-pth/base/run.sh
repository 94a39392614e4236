set -e
exec python -c "import site, sys, runpy; sys.argv = ['pytest', '-q']; site.addsitedir('vendor'); sys.path.insert(0, ''); runpy.run_module('pytest', run_name='__main__')"
