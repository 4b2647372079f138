// Every name of mpi.yaml, looked up on declarations of the library's shape, written after its
// headers; parameters are there where an entry asks about them.
// RUN: split-file %s %t
// RUN: corolint-knowledge-dump %t/use.cpp -- -std=c++20 -w -I%t > %t.answers
// RUN: corolint-knowledge-dump --missing=mpi.yaml %t.answers | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of mpi.yaml are proven

//--- use.cpp
#include <mpi.h>

template <typename... Functions> void use(Functions *...);

void proof() {
  use(MPI_Recv, MPI_Recv_c, MPI_Mrecv, MPI_Mrecv_c, MPI_Sendrecv, MPI_Sendrecv_c,
      MPI_Sendrecv_replace, MPI_Sendrecv_replace_c, MPI_Send, MPI_Send_c, MPI_Ssend, MPI_Ssend_c,
      MPI_Rsend, MPI_Rsend_c, MPI_Probe, MPI_Mprobe, MPI_Wait, MPI_Waitall, MPI_Waitany,
      MPI_Waitsome, MPI_Barrier, MPI_Bcast, MPI_Bcast_c, MPI_Gather, MPI_Gather_c, MPI_Gatherv,
      MPI_Gatherv_c, MPI_Scatter, MPI_Scatter_c, MPI_Scatterv, MPI_Scatterv_c, MPI_Allgather,
      MPI_Allgather_c, MPI_Allgatherv, MPI_Allgatherv_c, MPI_Alltoall, MPI_Alltoall_c,
      MPI_Alltoallv, MPI_Alltoallv_c, MPI_Alltoallw, MPI_Alltoallw_c, MPI_Reduce, MPI_Reduce_c,
      MPI_Allreduce, MPI_Allreduce_c, MPI_Reduce_scatter, MPI_Reduce_scatter_c,
      MPI_Reduce_scatter_block, MPI_Reduce_scatter_block_c, MPI_Scan, MPI_Scan_c, MPI_Exscan,
      MPI_Exscan_c, MPI_Neighbor_allgather, MPI_Neighbor_allgather_c, MPI_Neighbor_allgatherv,
      MPI_Neighbor_allgatherv_c, MPI_Neighbor_alltoall, MPI_Neighbor_alltoall_c,
      MPI_Neighbor_alltoallv, MPI_Neighbor_alltoallv_c, MPI_Neighbor_alltoallw,
      MPI_Neighbor_alltoallw_c, MPI_Comm_accept, MPI_Comm_connect, MPI_Comm_join,
      MPI_Comm_disconnect, MPI_Comm_spawn, MPI_Comm_spawn_multiple, MPI_Comm_dup, MPI_Comm_split,
      MPI_Comm_split_type, MPI_Comm_create, MPI_Comm_create_group, MPI_Intercomm_create,
      MPI_Intercomm_merge, MPI_Win_fence, MPI_Win_start, MPI_Win_complete, MPI_Win_wait,
      MPI_Win_lock, MPI_Win_lock_all, MPI_Win_unlock, MPI_Win_unlock_all, MPI_Win_flush,
      MPI_Win_flush_all, MPI_Win_flush_local, MPI_Win_flush_local_all, MPI_Init, MPI_Init_thread,
      MPI_Finalize, MPI_File_open, MPI_File_close, MPI_File_sync, MPI_File_read, MPI_File_read_c,
      MPI_File_read_all, MPI_File_read_all_c, MPI_File_read_at, MPI_File_read_at_c,
      MPI_File_read_at_all, MPI_File_read_at_all_c, MPI_File_read_ordered, MPI_File_read_ordered_c,
      MPI_File_read_shared, MPI_File_read_shared_c, MPI_File_write, MPI_File_write_c,
      MPI_File_write_all, MPI_File_write_all_c, MPI_File_write_at, MPI_File_write_at_c,
      MPI_File_write_at_all, MPI_File_write_at_all_c, MPI_File_write_ordered,
      MPI_File_write_ordered_c, MPI_File_write_shared, MPI_File_write_shared_c);
}

//--- mpi.h
#pragma once
extern "C" {
void MPI_Recv(...), MPI_Recv_c(...), MPI_Mrecv(...), MPI_Mrecv_c(...), MPI_Sendrecv(...),
    MPI_Sendrecv_c(...), MPI_Sendrecv_replace(...), MPI_Sendrecv_replace_c(...), MPI_Send(...),
    MPI_Send_c(...), MPI_Ssend(...), MPI_Ssend_c(...), MPI_Rsend(...), MPI_Rsend_c(...),
    MPI_Probe(...), MPI_Mprobe(...), MPI_Wait(...), MPI_Waitall(...), MPI_Waitany(...),
    MPI_Waitsome(...), MPI_Barrier(...), MPI_Bcast(...), MPI_Bcast_c(...), MPI_Gather(...),
    MPI_Gather_c(...), MPI_Gatherv(...), MPI_Gatherv_c(...), MPI_Scatter(...), MPI_Scatter_c(...),
    MPI_Scatterv(...), MPI_Scatterv_c(...), MPI_Allgather(...), MPI_Allgather_c(...),
    MPI_Allgatherv(...), MPI_Allgatherv_c(...), MPI_Alltoall(...), MPI_Alltoall_c(...),
    MPI_Alltoallv(...), MPI_Alltoallv_c(...), MPI_Alltoallw(...), MPI_Alltoallw_c(...),
    MPI_Reduce(...), MPI_Reduce_c(...), MPI_Allreduce(...), MPI_Allreduce_c(...),
    MPI_Reduce_scatter(...), MPI_Reduce_scatter_c(...), MPI_Reduce_scatter_block(...),
    MPI_Reduce_scatter_block_c(...), MPI_Scan(...), MPI_Scan_c(...), MPI_Exscan(...),
    MPI_Exscan_c(...), MPI_Neighbor_allgather(...), MPI_Neighbor_allgather_c(...),
    MPI_Neighbor_allgatherv(...), MPI_Neighbor_allgatherv_c(...), MPI_Neighbor_alltoall(...),
    MPI_Neighbor_alltoall_c(...), MPI_Neighbor_alltoallv(...), MPI_Neighbor_alltoallv_c(...),
    MPI_Neighbor_alltoallw(...), MPI_Neighbor_alltoallw_c(...), MPI_Comm_accept(...),
    MPI_Comm_connect(...), MPI_Comm_join(...), MPI_Comm_disconnect(...), MPI_Comm_spawn(...),
    MPI_Comm_spawn_multiple(...), MPI_Comm_dup(...), MPI_Comm_split(...), MPI_Comm_split_type(...),
    MPI_Comm_create(...), MPI_Comm_create_group(...), MPI_Intercomm_create(...),
    MPI_Intercomm_merge(...), MPI_Win_fence(...), MPI_Win_start(...), MPI_Win_complete(...),
    MPI_Win_wait(...), MPI_Win_lock(...), MPI_Win_lock_all(...), MPI_Win_unlock(...),
    MPI_Win_unlock_all(...), MPI_Win_flush(...), MPI_Win_flush_all(...), MPI_Win_flush_local(...),
    MPI_Win_flush_local_all(...), MPI_Init(...), MPI_Init_thread(...), MPI_Finalize(...),
    MPI_File_open(...), MPI_File_close(...), MPI_File_sync(...), MPI_File_read(...),
    MPI_File_read_c(...), MPI_File_read_all(...), MPI_File_read_all_c(...), MPI_File_read_at(...),
    MPI_File_read_at_c(...), MPI_File_read_at_all(...), MPI_File_read_at_all_c(...),
    MPI_File_read_ordered(...), MPI_File_read_ordered_c(...), MPI_File_read_shared(...),
    MPI_File_read_shared_c(...), MPI_File_write(...), MPI_File_write_c(...),
    MPI_File_write_all(...), MPI_File_write_all_c(...), MPI_File_write_at(...),
    MPI_File_write_at_c(...), MPI_File_write_at_all(...), MPI_File_write_at_all_c(...),
    MPI_File_write_ordered(...), MPI_File_write_ordered_c(...), MPI_File_write_shared(...),
    MPI_File_write_shared_c(...);
}
