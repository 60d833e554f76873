-- Where those go who may not come in, and for how long those stay out who were put out.
ALTER TABLE channels ADD COLUMN forward TEXT;
ALTER TABLE channels ADD COLUMN rejoin_s INTEGER;
