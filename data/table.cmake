# Turns a table of the data folder into C strings, one a line, so that the programs carry it and read no file at start.
# Empty lines and lines that begin with # are left out. Called as cmake -DTABLE=… -DOUTPUT=… -P table.cmake.
file(READ ${TABLE} text)
string(REPLACE ";" "\\;" text "${text}")
string(REPLACE "\n" ";" lines "${text}")
set(c "")
foreach(line IN LISTS lines)
  if(NOT line STREQUAL "" AND NOT line MATCHES "^#")
    string(REPLACE "\\" "\\\\" line "${line}")
    string(REPLACE "\"" "\\\"" line "${line}")
    string(APPEND c "\"${line}\",\n")
  endif()
endforeach()
file(WRITE ${OUTPUT} "${c}")
