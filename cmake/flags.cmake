# flags.cmake - moonport_flags: warnings, hardening (shared/reference/reliability.md, section 4) and sanitizers,
# for every target of ours and for nobody who links to us.
include(CheckCCompilerFlag)
include(CheckPIESupported)
check_pie_supported()

if(NOT CMAKE_BUILD_TYPE AND NOT MOONPORT_SANITIZE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo) # -O2 -g -DNDEBUG
endif()

add_library(moonport_flags INTERFACE)
target_compile_definitions(moonport_flags INTERFACE _GNU_SOURCE) # accept4 and its kind: Linux is the platform
target_compile_options(moonport_flags INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes
  -fno-strict-aliasing
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.) # the same bytes wherever it is built
target_link_options(moonport_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed)

if(MOONPORT_SANITIZE) # assertions on; any finding ends the process
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(moonport_flags INTERFACE ${sanitizers} -g -O1)
  target_link_options(moonport_flags INTERFACE ${sanitizers})
  return() # no -Werror: instrumented code confuses gcc's flow warnings
endif()

if(MOONPORT_WERROR)
  target_compile_options(moonport_flags INTERFACE -Werror)
endif()
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug") # it needs an optimising compiler
  target_compile_options(moonport_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
foreach(flag -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
  string(MAKE_C_IDENTIFIER "have${flag}" have)
  check_c_compiler_flag(${flag} ${have})
  if(${have})
    target_compile_options(moonport_flags INTERFACE ${flag})
  endif()
endforeach()
