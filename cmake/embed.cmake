# embed.cmake - writes the C file that holds Lua files as byte arrays: lua/*.lua for bindings/embedded.h, lua/types/*.lua
# for runtime/types.h, which say what it looks like.
# cmake -D LIST=a file with one path a line -D FOLDER=lua -D HEADER=... -D ARRAY="type and name" -D OUT=the C file
#   [-D LUAC=the compiler, for bytecode instead of text: run where FOLDER is] -P ...
file(STRINGS ${LIST} files)
set(arrays "")
set(rows "")
foreach(file ${files})
  get_filename_component(name ${file} NAME_WLE)
  string(MAKE_C_IDENTIFIER "lua_${name}" array)
  if(LUAC)
    execute_process(COMMAND ${LUAC} -o ${OUT}.luac ${FOLDER}/${name}.lua RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR "${LUAC} does not compile ${file}")
    endif()
    set(file ${OUT}.luac)
  endif()
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" size)
  math(EXPR size "${size} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n  " hex "${hex}") # 16 bytes a line
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const unsigned char ${array}[] = {\n  ${bytes}0x00};\n\n")
  string(APPEND rows "  {\"${name}\", \"@${FOLDER}/${name}.lua\", (const char *)${array}, ${size}},\n")
endforeach()
file(WRITE ${OUT}
  "/* Made of the files of ${FOLDER}/ by cmake/embed.cmake. */\n#include \"${HEADER}\"\n\n${arrays}"
  "const ${ARRAY}[] = {\n${rows}  {NULL, NULL, NULL, 0},\n};\n")
