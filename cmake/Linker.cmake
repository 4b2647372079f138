# LLVM's linker where it is installed: of LLVM's archives it makes our programs several times sooner.

find_program(COROLINT_LLD NAMES ld.lld-${COROLINT_LLVM_MAJOR} HINTS ${LLVM_TOOLS_BINARY_DIR})
if(COROLINT_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND
   CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL ${COROLINT_LLVM_MAJOR})
  add_link_options(-fuse-ld=lld)
endif()
