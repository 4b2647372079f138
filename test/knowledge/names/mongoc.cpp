// Every name of mongoc.yaml, looked up on declarations of the driver's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=mongoc.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of mongoc.yaml are proven

//--- use.cpp
#include <mongoc/mongoc.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(mongoc_client_command_simple, mongoc_client_command_simple_with_server_id,
      mongoc_client_command_with_opts, mongoc_client_read_command_with_opts,
      mongoc_client_read_write_command_with_opts, mongoc_client_write_command_with_opts,
      mongoc_client_get_database_names_with_opts, mongoc_client_select_server, mongoc_client_watch,
      mongoc_client_pool_pop, mongoc_database_command_simple, mongoc_database_command_with_opts,
      mongoc_database_read_command_with_opts, mongoc_database_read_write_command_with_opts,
      mongoc_database_write_command_with_opts, mongoc_database_create_collection,
      mongoc_database_drop, mongoc_database_drop_with_opts, mongoc_database_has_collection,
      mongoc_database_get_collection_names_with_opts, mongoc_database_add_user,
      mongoc_database_remove_user, mongoc_database_remove_all_users, mongoc_database_watch,
      mongoc_collection_command_simple, mongoc_collection_command_with_opts,
      mongoc_collection_read_command_with_opts, mongoc_collection_read_write_command_with_opts,
      mongoc_collection_write_command_with_opts, mongoc_collection_count_documents,
      mongoc_collection_estimated_document_count, mongoc_collection_create_indexes_with_opts,
      mongoc_collection_delete_many, mongoc_collection_delete_one, mongoc_collection_drop,
      mongoc_collection_drop_with_opts, mongoc_collection_drop_index,
      mongoc_collection_drop_index_with_opts, mongoc_collection_find_and_modify,
      mongoc_collection_find_and_modify_with_opts, mongoc_collection_insert,
      mongoc_collection_insert_many, mongoc_collection_insert_one, mongoc_collection_remove,
      mongoc_collection_rename, mongoc_collection_rename_with_opts, mongoc_collection_replace_one,
      mongoc_collection_update, mongoc_collection_update_many, mongoc_collection_update_one,
      mongoc_collection_watch, mongoc_cursor_next, mongoc_change_stream_next,
      mongoc_bulk_operation_execute, mongoc_bulkwrite_execute,
      mongoc_client_session_commit_transaction, mongoc_client_session_abort_transaction,
      mongoc_client_session_with_transaction, mongoc_gridfs_file_readv, mongoc_gridfs_file_writev,
      mongoc_gridfs_file_save, mongoc_gridfs_file_remove, mongoc_gridfs_file_list_next,
      mongoc_gridfs_drop, mongoc_gridfs_remove_by_filename, mongoc_gridfs_find_one_by_filename,
      mongoc_gridfs_find_one_with_opts, mongoc_gridfs_bucket_delete_by_id,
      mongoc_gridfs_bucket_download_to_stream, mongoc_gridfs_bucket_abort_upload,
      mongoc_gridfs_bucket_open_download_stream, mongoc_gridfs_bucket_upload_from_stream,
      mongoc_gridfs_bucket_upload_from_stream_with_id);
}

//--- mongoc/mongoc.h
#pragma once
extern "C" {
void mongoc_client_command_simple(...), mongoc_client_command_simple_with_server_id(...),
    mongoc_client_command_with_opts(...), mongoc_client_read_command_with_opts(...),
    mongoc_client_read_write_command_with_opts(...), mongoc_client_write_command_with_opts(...),
    mongoc_client_get_database_names_with_opts(...), mongoc_client_select_server(...),
    mongoc_client_watch(...), mongoc_client_pool_pop(...), mongoc_database_command_simple(...),
    mongoc_database_command_with_opts(...), mongoc_database_read_command_with_opts(...),
    mongoc_database_read_write_command_with_opts(...), mongoc_database_write_command_with_opts(...),
    mongoc_database_create_collection(...), mongoc_database_drop(...),
    mongoc_database_drop_with_opts(...), mongoc_database_has_collection(...),
    mongoc_database_get_collection_names_with_opts(...), mongoc_database_add_user(...),
    mongoc_database_remove_user(...), mongoc_database_remove_all_users(...),
    mongoc_database_watch(...), mongoc_collection_command_simple(...),
    mongoc_collection_command_with_opts(...), mongoc_collection_read_command_with_opts(...),
    mongoc_collection_read_write_command_with_opts(...),
    mongoc_collection_write_command_with_opts(...), mongoc_collection_count_documents(...),
    mongoc_collection_estimated_document_count(...),
    mongoc_collection_create_indexes_with_opts(...), mongoc_collection_delete_many(...),
    mongoc_collection_delete_one(...), mongoc_collection_drop(...),
    mongoc_collection_drop_with_opts(...), mongoc_collection_drop_index(...),
    mongoc_collection_drop_index_with_opts(...), mongoc_collection_find_and_modify(...),
    mongoc_collection_find_and_modify_with_opts(...), mongoc_collection_insert(...),
    mongoc_collection_insert_many(...), mongoc_collection_insert_one(...),
    mongoc_collection_remove(...), mongoc_collection_rename(...),
    mongoc_collection_rename_with_opts(...), mongoc_collection_replace_one(...),
    mongoc_collection_update(...), mongoc_collection_update_many(...),
    mongoc_collection_update_one(...), mongoc_collection_watch(...), mongoc_cursor_next(...),
    mongoc_change_stream_next(...), mongoc_bulk_operation_execute(...),
    mongoc_bulkwrite_execute(...), mongoc_client_session_commit_transaction(...),
    mongoc_client_session_abort_transaction(...), mongoc_client_session_with_transaction(...),
    mongoc_gridfs_file_readv(...), mongoc_gridfs_file_writev(...), mongoc_gridfs_file_save(...),
    mongoc_gridfs_file_remove(...), mongoc_gridfs_file_list_next(...), mongoc_gridfs_drop(...),
    mongoc_gridfs_remove_by_filename(...), mongoc_gridfs_find_one_by_filename(...),
    mongoc_gridfs_find_one_with_opts(...), mongoc_gridfs_bucket_delete_by_id(...),
    mongoc_gridfs_bucket_download_to_stream(...), mongoc_gridfs_bucket_abort_upload(...),
    mongoc_gridfs_bucket_open_download_stream(...), mongoc_gridfs_bucket_upload_from_stream(...),
    mongoc_gridfs_bucket_upload_from_stream_with_id(...);
}
