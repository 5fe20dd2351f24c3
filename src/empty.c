/*
 * Stands in for a room that has no source of its own yet: an archive without a member
 * is refused by some linkers. It holds nothing and is never called.
 */
typedef int room_without_sources;
