# The version of corolint and of aio, said here alone: aio can be built without the rest.
set(COROLINT_VERSION 0.1.0)
