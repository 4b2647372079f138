// Every name of rocksdb.yaml, looked up on what RocksDB's headers declare.
// REQUIRES: rocksdb
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=rocksdb.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of rocksdb.yaml are proven

#include <rocksdb/c.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/backup_engine.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/utilities/db_ttl.h>
#include <rocksdb/utilities/optimistic_transaction_db.h>
#include <rocksdb/utilities/transaction.h>
#include <rocksdb/utilities/transaction_db.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(rocksdb_open, rocksdb_open_for_read_only, rocksdb_open_as_secondary,
      rocksdb_open_as_secondary_column_families, rocksdb_open_column_families,
      rocksdb_open_for_read_only_column_families, rocksdb_open_with_ttl,
      rocksdb_open_column_families_with_ttl, rocksdb_open_and_trim_history,
      rocksdb_list_column_families, rocksdb_close, rocksdb_destroy_db, rocksdb_repair_db,
      rocksdb_transactiondb_open, rocksdb_transactiondb_open_column_families,
      rocksdb_transactiondb_close, rocksdb_optimistictransactiondb_open,
      rocksdb_optimistictransactiondb_open_column_families, rocksdb_optimistictransactiondb_close,
      rocksdb_create_column_family, rocksdb_create_column_family_with_ttl,
      rocksdb_transactiondb_create_column_family, rocksdb_drop_column_family, rocksdb_delete_file,
      rocksdb_delete_file_in_range, rocksdb_delete_file_in_range_cf, rocksdb_put, rocksdb_put_cf,
      rocksdb_put_with_ts, rocksdb_put_cf_with_ts, rocksdb_delete, rocksdb_delete_cf,
      rocksdb_delete_with_ts, rocksdb_delete_cf_with_ts, rocksdb_singledelete,
      rocksdb_singledelete_cf, rocksdb_singledelete_with_ts, rocksdb_singledelete_cf_with_ts,
      rocksdb_delete_range_cf, rocksdb_merge, rocksdb_merge_cf, rocksdb_write,
      rocksdb_write_writebatch_wi, rocksdb_transactiondb_put, rocksdb_transactiondb_put_cf,
      rocksdb_transactiondb_delete, rocksdb_transactiondb_delete_cf, rocksdb_transactiondb_merge,
      rocksdb_transactiondb_merge_cf, rocksdb_transactiondb_write,
      rocksdb_optimistictransactiondb_write, rocksdb_transaction_commit,
      rocksdb_transaction_prepare, rocksdb_get, rocksdb_get_cf, rocksdb_get_with_ts,
      rocksdb_get_cf_with_ts, rocksdb_get_pinned, rocksdb_get_pinned_cf, rocksdb_multi_get,
      rocksdb_multi_get_cf, rocksdb_multi_get_with_ts, rocksdb_multi_get_cf_with_ts,
      rocksdb_batched_multi_get_cf, rocksdb_transactiondb_get, rocksdb_transactiondb_get_cf,
      rocksdb_transactiondb_get_pinned, rocksdb_transactiondb_get_pinned_cf,
      rocksdb_transactiondb_multi_get, rocksdb_transactiondb_multi_get_cf,
      rocksdb_transaction_get, rocksdb_transaction_get_cf, rocksdb_transaction_get_pinned,
      rocksdb_transaction_get_pinned_cf, rocksdb_transaction_multi_get,
      rocksdb_transaction_multi_get_cf, rocksdb_iter_seek, rocksdb_iter_seek_for_prev,
      rocksdb_iter_seek_to_first, rocksdb_iter_seek_to_last, rocksdb_iter_next, rocksdb_iter_prev,
      rocksdb_wal_iter_next, rocksdb_get_updates_since, rocksdb_try_catch_up_with_primary,
      rocksdb_transaction_get_for_update, rocksdb_transaction_get_for_update_cf,
      rocksdb_transaction_get_pinned_for_update, rocksdb_transaction_get_pinned_for_update_cf,
      rocksdb_transaction_put, rocksdb_transaction_put_cf, rocksdb_transaction_merge,
      rocksdb_transaction_merge_cf, rocksdb_transaction_delete, rocksdb_transaction_delete_cf,
      rocksdb_compact_range, rocksdb_compact_range_cf, rocksdb_compact_range_opt,
      rocksdb_compact_range_cf_opt, rocksdb_flush, rocksdb_flush_cf, rocksdb_flush_wal,
      rocksdb_transactiondb_flush, rocksdb_transactiondb_flush_cf,
      rocksdb_transactiondb_flush_wal, rocksdb_ingest_external_file,
      rocksdb_ingest_external_file_cf, rocksdb_checkpoint_create, rocksdb_backup_engine_open,
      rocksdb_backup_engine_open_opts, rocksdb_backup_engine_create_new_backup,
      rocksdb_backup_engine_create_new_backup_flush, rocksdb_backup_engine_purge_old_backups,
      rocksdb_backup_engine_restore_db_from_backup,
      rocksdb_backup_engine_restore_db_from_latest_backup, rocksdb_backup_engine_verify_backup,
      rocksdb_sstfilewriter_open, rocksdb_sstfilewriter_add, rocksdb_sstfilewriter_put,
      rocksdb_sstfilewriter_merge, rocksdb_sstfilewriter_delete, rocksdb_sstfilewriter_finish);
}
using rocksdb::DestroyDB;
using rocksdb::RepairDB;
void ends(rocksdb::DB &db) {}
struct proof0 : rocksdb::DB {
  using rocksdb::DB::Open;
  using rocksdb::DB::OpenForReadOnly;
  using rocksdb::DB::OpenAsSecondary;
  using rocksdb::DB::OpenAndCompact;
  using rocksdb::DB::OpenAndTrimHistory;
  using rocksdb::DB::ListColumnFamilies;
  using rocksdb::DB::Close;
  using rocksdb::DB::Resume;
  using rocksdb::DB::CreateColumnFamily;
  using rocksdb::DB::CreateColumnFamilies;
  using rocksdb::DB::DropColumnFamily;
  using rocksdb::DB::DropColumnFamilies;
  using rocksdb::DB::CreateColumnFamilyWithImport;
  using rocksdb::DB::SetOptions;
  using rocksdb::DB::SetDBOptions;
  using rocksdb::DB::DeleteFile;
  using rocksdb::DB::Put;
  using rocksdb::DB::PutEntity;
  using rocksdb::DB::Delete;
  using rocksdb::DB::SingleDelete;
  using rocksdb::DB::DeleteRange;
  using rocksdb::DB::Merge;
  using rocksdb::DB::Write;
  using rocksdb::DB::Get;
  using rocksdb::DB::GetEntity;
  using rocksdb::DB::GetMergeOperands;
  using rocksdb::DB::MultiGet;
  using rocksdb::DB::GetUpdatesSince;
  using rocksdb::DB::GetPropertiesOfAllTables;
  using rocksdb::DB::GetPropertiesOfTablesInRange;
  using rocksdb::DB::TryCatchUpWithPrimary;
  using rocksdb::DB::CompactRange;
  using rocksdb::DB::CompactFiles;
  using rocksdb::DB::PauseBackgroundWork;
  using rocksdb::DB::EnableAutoCompaction;
  using rocksdb::DB::Flush;
  using rocksdb::DB::FlushWAL;
  using rocksdb::DB::SyncWAL;
  using rocksdb::DB::IngestExternalFile;
  using rocksdb::DB::IngestExternalFiles;
  using rocksdb::DB::VerifyChecksum;
  using rocksdb::DB::VerifyFileChecksums;
  using rocksdb::DB::NewIterators;
};
struct proof1 : rocksdb::Iterator {
  using rocksdb::Iterator::Seek;
  using rocksdb::Iterator::SeekForPrev;
  using rocksdb::Iterator::SeekToFirst;
  using rocksdb::Iterator::SeekToLast;
  using rocksdb::Iterator::Next;
  using rocksdb::Iterator::Prev;
  using rocksdb::Iterator::Refresh;
};
struct proof2 : rocksdb::Transaction {
  using rocksdb::Transaction::Prepare;
  using rocksdb::Transaction::Commit;
  using rocksdb::Transaction::CommitAndTryCreateSnapshot;
  using rocksdb::Transaction::Rollback;
  using rocksdb::Transaction::Get;
  using rocksdb::Transaction::MultiGet;
  using rocksdb::Transaction::GetForUpdate;
  using rocksdb::Transaction::MultiGetForUpdate;
  using rocksdb::Transaction::GetRangeLock;
  using rocksdb::Transaction::Put;
  using rocksdb::Transaction::Merge;
  using rocksdb::Transaction::Delete;
  using rocksdb::Transaction::SingleDelete;
};
struct proof3 : rocksdb::TransactionDB {
  using rocksdb::TransactionDB::Open;
  using rocksdb::TransactionDB::WrapDB;
  using rocksdb::TransactionDB::WrapStackableDB;
};
struct proof4 : rocksdb::OptimisticTransactionDB {
  using rocksdb::OptimisticTransactionDB::Open;
};
struct proof5 : rocksdb::DBWithTTL {
  using rocksdb::DBWithTTL::Open;
  using rocksdb::DBWithTTL::CreateColumnFamilyWithTtl;
};
struct proof6 : rocksdb::Checkpoint {
  using rocksdb::Checkpoint::CreateCheckpoint;
  using rocksdb::Checkpoint::ExportColumnFamily;
};
struct proof7 : rocksdb::BackupEngineReadOnlyBase {
  using rocksdb::BackupEngineReadOnlyBase::RestoreDBFromBackup;
  using rocksdb::BackupEngineReadOnlyBase::RestoreDBFromLatestBackup;
  using rocksdb::BackupEngineReadOnlyBase::VerifyBackup;
};
struct proof8 : rocksdb::BackupEngineAppendOnlyBase {
  using rocksdb::BackupEngineAppendOnlyBase::CreateNewBackup;
  using rocksdb::BackupEngineAppendOnlyBase::CreateNewBackupWithMetadata;
  using rocksdb::BackupEngineAppendOnlyBase::GarbageCollect;
};
struct proof9 : rocksdb::BackupEngine {
  using rocksdb::BackupEngine::Open;
  using rocksdb::BackupEngine::PurgeOldBackups;
  using rocksdb::BackupEngine::DeleteBackup;
};
void transactions(rocksdb::Transaction *t) { rocksdb::Transaction &one = *t; }
struct proof10 : rocksdb::SstFileWriter {
  using rocksdb::SstFileWriter::Open;
  using rocksdb::SstFileWriter::Put;
  using rocksdb::SstFileWriter::Merge;
  using rocksdb::SstFileWriter::Delete;
  using rocksdb::SstFileWriter::DeleteRange;
  using rocksdb::SstFileWriter::Finish;
};
