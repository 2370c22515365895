# The Node-API addon: included when cmake-js drives the build.
execute_process(
  COMMAND node -p "require('node-addon-api').include_dir"
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  OUTPUT_VARIABLE NODE_ADDON_API_DIR OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

file(GLOB ADDON_SOURCES CONFIGURE_DEPENDS binding/*.cpp)
add_library(addon SHARED ${ADDON_SOURCES} ${CMAKE_JS_SRC})
set_target_properties(addon PROPERTIES OUTPUT_NAME thresher PREFIX "" SUFFIX ".node")
target_include_directories(addon SYSTEM PRIVATE ${CMAKE_JS_INC} ${NODE_ADDON_API_DIR})
target_compile_definitions(addon PRIVATE NAPI_VERSION=8 THRESHER_VERSION="${PROJECT_VERSION}")
target_link_libraries(addon PRIVATE thresher ${CMAKE_JS_LIB})
