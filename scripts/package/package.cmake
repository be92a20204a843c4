# The Debian package, built by scripts/package/build with DELIB_PACKAGE on: what an installation under /usr/local leaves
# out (units, configuration, the papers of a package), and CPack's settings.
set(PACKAGE_DIR ${PROJECT_SOURCE_DIR}/scripts/package)
set(SYSTEMD_DIR ${PROJECT_SOURCE_DIR}/scripts/systemd)
find_program(GZIP gzip REQUIRED)

# The same file at every build, as small as can be.
function(install_compressed source name destination)
  string(MAKE_C_IDENTIFIER "${destination}/${name}" identifier)
  set(compressed ${PROJECT_BINARY_DIR}/package/${identifier}.gz)
  add_custom_command(OUTPUT ${compressed}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/package
    COMMAND ${GZIP} -9nc ${source} > ${compressed}
    DEPENDS ${source})
  add_custom_target(compressed_${identifier} ALL DEPENDS ${compressed})
  install(FILES ${compressed} DESTINATION ${destination} RENAME ${name}.gz)
endfunction()

foreach(page ${MANUAL_PAGES})
  get_filename_component(name ${page} NAME)
  if(page MATCHES "/fr/")
    install_compressed(${page} ${name} ${CMAKE_INSTALL_MANDIR}/fr/man1)
  else()
    install_compressed(${page} ${name} ${CMAKE_INSTALL_MANDIR}/man1)
  endif()
endforeach()
install_compressed(${PACKAGE_DIR}/changelog changelog share/doc/delib)
install(FILES ${PACKAGE_DIR}/copyright DESTINATION share/doc/delib)
install(FILES docs/operations.md docs/query-language.md docs/json-schema.md docs/formats.md DESTINATION share/doc/delib)
install(FILES ${PACKAGE_DIR}/delib.conf DESTINATION /etc/delib)
install(FILES ${SYSTEMD_DIR}/delib-index.service ${SYSTEMD_DIR}/delib-index.timer ${SYSTEMD_DIR}/delib-serve.service
              ${SYSTEMD_DIR}/delib-serve.socket DESTINATION /lib/systemd/system)
install(FILES ${SYSTEMD_DIR}/delib.sysusers DESTINATION lib/sysusers.d RENAME delib.conf)
install(FILES ${SYSTEMD_DIR}/delib.tmpfiles DESTINATION lib/tmpfiles.d RENAME delib.conf)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME delib)
set(CPACK_PACKAGE_CONTACT "delib maintainers <maintainers@users.noreply.r-seed-44d7bab0.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "full-text search for the deliberations of French councils")
set(CPACK_PACKAGE_DESCRIPTION_FILE ${PACKAGE_DIR}/description)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "poppler-utils, antiword, unrtf, systemd, passwd")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "tesseract-ocr-fra")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PACKAGE_DIR}/postinst ${PACKAGE_DIR}/prerm ${PACKAGE_DIR}/postrm
                                       ${PACKAGE_DIR}/conffiles)
include(CPack)
