-- name: begin
-- PostgreSQL has no IMMEDIATE; writers of one log meet at its row in table log.
BEGIN;
