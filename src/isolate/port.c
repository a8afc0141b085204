// port.c: the table of slots.
#include "isolate/port.h"

#include "base/memory.h"

static const uint32_t GENERATION_MASK = (1u << PORT_GENERATION_BITS) - 1;

Slot *il_port_slot_at(PortTable *table, uint32_t index) {
  Slot *block = atomic_load_explicit(&table->blocks[index >> SLOT_BLOCK_BITS],
                                     memory_order_acquire);
  return block ? &block[index & (SLOT_BLOCK_SIZE - 1)] : NULL;
}

// The lock is held. The oldest free slot comes first.
static void append_free(PortTable *table, Slot *slot) {
  slot->next_free = 0;
  if (table->last_free) {
    il_port_slot_at(table, table->last_free)->next_free = slot->index;
  } else {
    table->first_free = slot->index;
  }
  table->last_free = slot->index;
}

// The lock is held. Slot 0 is never given out: port 0 names nothing.
static bool add_block(PortTable *table) {
  uint32_t number = table->made_count >> SLOT_BLOCK_BITS;
  if (number == SLOT_BLOCK_COUNT) return false;
  Slot *block = il_memory_try_alloc(SLOT_BLOCK_SIZE * sizeof(Slot));
  if (!block) return false;
  for (uint32_t i = 0; i < SLOT_BLOCK_SIZE; i++) {
    block[i].index = table->made_count + i;
    atomic_store(&block[i].generation, 1);
    il_task_init_dead(&block[i].task);
    il_mailbox_close(&block[i].events);
    il_mailbox_close(&block[i].controls);
  }
  atomic_store_explicit(&table->blocks[number], block, memory_order_release);
  uint32_t first = table->made_count ? 0 : 1;
  table->made_count += SLOT_BLOCK_SIZE;
  for (uint32_t i = first; i < SLOT_BLOCK_SIZE; i++) {
    append_free(table, &block[i]);
  }
  return true;
}

void il_port_table_init(PortTable *table) {
  memset(table, 0, sizeof *table);
  il_lock_init(&table->lock, RANK_PORT);
}

void il_port_table_drop(PortTable *table) {
  for (uint32_t i = 0; i < table->made_count >> SLOT_BLOCK_BITS; i++) {
    il_memory_free(atomic_load(&table->blocks[i]),
                   SLOT_BLOCK_SIZE * sizeof(Slot));
  }
  il_lock_drop(&table->lock);
}

Slot *il_port_new_slot(PortTable *table) {
  Slot *slot = NULL;
  il_lock_take(&table->lock);
  if (table->first_free || add_block(table)) {
    slot = il_port_slot_at(table, table->first_free);
    table->first_free = slot->next_free;
    if (!table->first_free) table->last_free = 0;
    table->live_count++;
  }
  il_lock_release(&table->lock);
  return slot;
}

void il_port_free_slot(PortTable *table, Slot *slot) {
  slot->isolate = NULL;
  uint32_t generation = (atomic_load(&slot->generation) + 1) & GENERATION_MASK;
  atomic_store(&slot->generation, generation);
  il_lock_take(&table->lock);
  append_free(table, slot);
  table->live_count--;
  il_lock_release(&table->lock);
}

Slot *il_port_find(PortTable *table, PortId port) {
  Slot *slot = il_port_slot_at(table, il_port_slot_index(port));
  if (!slot) return NULL;
  uint32_t generation =
      atomic_load_explicit(&slot->generation, memory_order_acquire);
  return generation == il_port_generation(port) ? slot : NULL;
}
