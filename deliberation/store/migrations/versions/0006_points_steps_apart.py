"""Points of remarks, steps that can be taken back, what is not alike."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():

    op.create_table('apart',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('article_eid', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_apart_by_id_person')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_apart_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apart'))
    )
    with op.batch_alter_table('apart', schema=None) as batch_op:
        batch_op.create_index('ix_apart_place', ['consultation_id', 'article_eid'], unique=False)

    op.create_table('bench_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=8), nullable=False),
    sa.Column('article_eid', sa.String(length=120), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("what IN ('make', 'merge', 'unmerge', 'reword', 'order', 'drop', 'split', 'apart')", name=op.f('ck_bench_step_what')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_bench_step_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_bench_step_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bench_step'))
    )
    with op.batch_alter_table('bench_step', schema=None) as batch_op:
        batch_op.create_index('ix_bench_step_whose', ['consultation_id', 'person_id', 'id'], unique=False)

    op.create_table('apart_side',
    sa.Column('apart_id', sa.Integer(), nullable=False),
    sa.Column('remark_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['apart_id'], ['apart.id'], name=op.f('fk_apart_side_apart_id_apart')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_apart_side_remark_id_remark')),
    sa.PrimaryKeyConstraint('apart_id', 'remark_id', name=op.f('pk_apart_side'))
    )
    op.create_table('point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('remark_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=8), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('stop', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("part IN ('text', 'wording', 'reason')", name=op.f('ck_point_part')),
    sa.CheckConstraint('start >= 0 AND stop > start', name=op.f('ck_point_range')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_point_by_id_person')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_point_ended_by_id_person')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_point_remark_id_remark')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_point'))
    )
    with op.batch_alter_table('point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_point_remark_id'), ['remark_id'], unique=False)
        batch_op.create_index('uq_point_now', ['remark_id', 'number'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('source_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_source_point_by_id_person')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_source_point_ended_by_id_person')),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_source_point_point_id_point')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_source_point_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_point')),
    sa.UniqueConstraint('source_id', 'point_id', name=op.f('uq_source_point_source_id_point_id'))
    )
    with op.batch_alter_table('source_point', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_point_point_id'), ['point_id'], unique=False)




def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
