# Turns a table of the data folder into C strings, one a line, so that the programs carry it and read no file at start.
# Empty lines and lines that begin with # are left out. With -DJOINED=1 they become one string, a blank after each line.
# Called as cmake -DTABLE=… -DOUTPUT=… -P table.cmake.
file(READ ${TABLE} text)
string(REPLACE ";" "\\;" text "${text}")
string(REPLACE "\n" ";" lines "${text}")
set(c "")
foreach(line IN LISTS lines)
  if(NOT line STREQUAL "" AND NOT line MATCHES "^#")
    string(REPLACE "\\" "\\\\" line "${line}")
    string(REPLACE "\"" "\\\"" line "${line}")
    if(JOINED)
      string(APPEND c "\"${line} \"\n")
    else()
      string(APPEND c "\"${line}\",\n")
    endif()
  endif()
endforeach()
file(WRITE ${OUTPUT} "${c}")
