--liquibase formatted sql
--changeset ann:last
SELECT 9;
