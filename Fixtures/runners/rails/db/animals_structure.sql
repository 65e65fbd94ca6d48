CREATE TABLE public.animals (id bigint NOT NULL);
